"""What is shipped beside our own code: licences on an allow-list, everything pinned by hash."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MPL-2.0",
    "PSF-2.0", "Public-Domain",
}  # fmt: skip
#: How packages without an SPDX expression say it.
SPOKEN = {
    "Apache 2": "Apache-2.0",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "": "",
}
CLASSIFIED = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
}


def shipped() -> list[str]:
    """Return the packages of the lock that the image is built from."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return re.findall(r"^([\w.-]+)==", text, re.MULTILINE)


def licences_of(package: str) -> set[str]:
    """Return the SPDX names that a package gives for itself."""
    facts = metadata.metadata(package)
    (said,) = facts.get_all("License-Expression", ["-"])
    if said == "-":
        (said,) = facts.get_all("License", [""])
    said = SPOKEN.get(said, said)
    if said:
        return set(re.split(r" (?:AND|OR|and|or) ", said.replace("(", "").replace(")", "")))
    classifiers = [one.rpartition(" :: ")[2] for one in facts.get_all("Classifier") or []]
    return {CLASSIFIED[one] for one in classifiers if one in CLASSIFIED}


@pytest.mark.parametrize("package", shipped())
def test_a_shipped_package_has_a_licence_that_we_allow(package: str) -> None:
    try:
        licences = licences_of(package)
    except metadata.PackageNotFoundError:
        pytest.skip(f"{package} belongs to another platform or Python and is not installed here")

    assert licences
    assert licences <= ALLOWED


def test_the_list_is_not_empty() -> None:
    assert len(shipped()) > 30
