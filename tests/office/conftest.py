"""A LibreOffice of the system, and the reports that ship as examples.

`make test-office` runs these tests; the default run has no office program.
"""

from __future__ import annotations

from tests.reports.conftest import actions, assessed, engine, subject

__all__ = ["actions", "assessed", "engine", "subject"]
