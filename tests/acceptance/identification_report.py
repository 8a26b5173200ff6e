"""Prints recall, precision and every miss of identification over the labelled lines.

Run with `python -m tests.acceptance.identification_report`.
"""

from __future__ import annotations

import sys

from tests.acceptance.identification_lines import (
    FOUND,
    NONE,
    POSSIBLE,
    fault_of,
    labelled_lines,
    score_of,
)


def main() -> int:
    """Print the report; return 1 where a wrong answer is in it."""
    labels = labelled_lines()
    faults = [(label, fault) for label in labels if (fault := fault_of(label)) is not None]
    for label, fault in faults:
        sys.stdout.write(f"{label.file}: {label.group}: {label.text!r} {fault}\n")
    sys.stdout.write(f"\n{'language':10} {'lines':>6} {'found':>6} {'possible':>9} {'none':>5}\n")
    for language in sorted({label.language for label in labels}):
        own = [label for label in labels if label.language == language]
        counts = [sum(label.group == group for label in own) for group in (FOUND, POSSIBLE, NONE)]
        sys.stdout.write(f"{language:10} {len(own):6} {counts[0]:6} {counts[1]:9} {counts[2]:5}\n")
    score = score_of(labels)
    sys.stdout.write(
        f"\n{score.lines} lines; recall {score.recall:.4f}, precision {score.precision:.4f} "
        f"on rare_earths_found; {len(faults)} wrong answers\n"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
