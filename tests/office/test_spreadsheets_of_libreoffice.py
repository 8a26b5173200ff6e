"""XLS and ODS as LibreOffice writes them: what a purchaser saves is read back equal."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from app.readers import read_bom
from tests.property.reader_strategies import Row, as_workbook

_PROGRAMS = ("soffice", "libreoffice")
_WORDS = (
    "magnet N42SH",
    "Schraube M3x8",
    "磁石 20x10",
    "磁钢",
    "vis à tête",
    "łożysko",
    "rod; 5 %",
)


def product() -> list[Row]:
    """Return rows drawn at random, the same every day."""
    chance = random.Random(7)
    return [
        Row(
            number=f"{chance.choice(('MAG', 'SCR', 'WIR'))}-{chance.randint(10, 99_999)}",
            name=f"part {chance.choice(_WORDS)} {number}",
            quantity=Decimal(chance.randint(0, 999_999)) / 100,
            unit=chance.choice(("pc", "m", "kg", "set", "个")),
            mass_kg=Decimal(chance.randint(0, 9_000_000)) / 10_000,
            country=chance.choice(("JP", "CN", "DE", "MY", "NO")),
        )
        for number in range(200)
    ]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_libreoffice_saves_reads_back_equal(kind: str, tmp_path: Path) -> None:
    named = os.environ.get("LODESTONE_TEST_OFFICE")
    program = named or next(filter(None, map(shutil.which, _PROGRAMS)), None)
    assert program, "install LibreOffice Calc, or name it in LODESTONE_TEST_OFFICE"
    rows = product()
    source = tmp_path / "product.xlsx"
    source.write_bytes(as_workbook(rows, first_row=1, first_column=1))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, "--headless", "--norestore", profile, "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(source)],
        capture_output=True, timeout=240, check=True,
    )  # fmt: skip

    bom = read_bom((tmp_path / f"product.{kind}").read_bytes())

    assert bom.file is not None
    assert bom.file.format == kind
    found = [
        (one.part_number, one.description, one.quantity, one.unit, one.unit_mass_kg,
         one.suppliers[0].country)
        for one in bom.lines
    ]  # fmt: skip
    assert found == [
        (row.number, row.name, float(row.quantity), row.unit, float(row.mass_kg), row.country)
        for row in rows
    ]
