"""Remove or break one thing in the data files: each time the check must fail and name the file.

Every source key, share line, date and row is taken in turn. To stay quick a test loads only the
part that it touched, and for tables of shares only the row that it touched.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

import pytest

from app.errors import ReferenceDataError
from app.refdata.counts import (
    COUNTS_FILE,
    check_minimum_counts,
    count_all,
    count_values,
    data_files,
    load_minimum_counts,
)
from app.refdata.load import load_reference_data
from app.refdata.sources import SOURCES_FILE, KnownSources, load_sources
from app.refdata.supply_mixes import load_mix_table
from app.refdata.yaml_text import parse_yaml_text
from tests.data import shipped
from tests.data.mutants import (
    NO_DAY,
    block_keys,
    columns_of,
    csv_rows,
    csv_text,
    days,
    is_day,
    replaced,
    scalars,
    without_scalar,
)
from tests.data.parts import PARTS, Load, loader_of

#: Thousands of loads; what they cover, other tests cover too.
pytestmark = pytest.mark.no_cover

NAMES = tuple(
    path.relative_to(shipped.ROOT).as_posix()
    for path in data_files(shipped.ROOT)
    if path.name != COUNTS_FILE
)
YAML_NAMES = tuple(name for name in NAMES if name.endswith(".yaml"))
CSV_NAMES = tuple(name for name in NAMES if name.endswith(".csv"))
MIXES = ("world", "feed", "destination")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the data files; each test leaves it as it was."""
    copy = tmp_path_factory.mktemp("mutants") / "data"
    shutil.copytree(shipped.ROOT, copy)
    return copy


def text(name: str) -> str:
    return (shipped.ROOT / name).read_text(encoding="utf-8")


def fault(load: Load, root: Path, known: AbstractSet[str]) -> str:
    """Return the message of the error that loading raises, or nothing."""
    try:
        load(root, known)
    except ReferenceDataError as error:
        return str(error)
    return ""


# ------------------------------------------------------------------------------ nothing changed


def test_the_data_as_they_ship_pass() -> None:
    assert load_reference_data().version


def test_the_recorded_numbers_are_the_present_ones() -> None:
    assert load_minimum_counts(shipped.ROOT) == count_all(shipped.ROOT)


# ------------------------------------------------------------------------------ sources


def test_removing_any_source_key_makes_the_check_fail(root: Path) -> None:
    content = text(SOURCES_FILE)
    keys = list(shipped.sources())
    starts = [f"\n{content}".index(f"\n{key}:") for key in keys]
    blocks = dict(zip(keys, zip(starts, [*starts[1:], len(content)], strict=True), strict=True))
    cited_by: dict[str, Load] = {}
    for part in PARTS:
        known = KnownSources(keys)
        part.load(root, known)
        for key in known.cited:
            cited_by.setdefault(key, part.load)

    survivors = []
    for key, (start, end) in blocks.items():
        with replaced(root, SOURCES_FILE, content[:start] + content[end:]):
            left = load_sources(root)
            assert left.keys() == set(keys) - {key}
            message = fault(cited_by[key], root, left.keys()) if key in cited_by else ""
        if f"source {key!r} is not in sources.yaml" not in message or not names_a_file(message):
            survivors.append(key)

    assert survivors == []


def names_a_file(message: str) -> bool:
    return any(name in message for name in NAMES)


# ------------------------------------------------------------------------------ shares


def mix_mutants(table: str) -> Iterator[tuple[list[str], list[list[str]], str, str]]:
    """Yield each row of a table with its share lines and the heads of both files."""
    rows_head, rows = csv_rows(text(f"supply/{table}_rows.csv"))
    shares_head, shares = csv_rows(text(f"supply/{table}_shares.csv"))
    by_row: dict[str, list[list[str]]] = {}
    for line in shares:
        by_row.setdefault(line[0], []).append(line)
    for row in rows:
        yield row, by_row[row[0]], rows_head, shares_head


def broken_mix(tmp_path: Path, table: str, row: str, shares: str) -> str:
    """Return the message of the error of a table of one row."""
    folder = tmp_path / "supply"
    folder.mkdir(exist_ok=True)
    (folder / f"{table}_rows.csv").write_text(row, encoding="utf-8")
    (folder / f"{table}_shares.csv").write_text(shares, encoding="utf-8")
    return fault(
        lambda root, known: load_mix_table(
            root, table, known_sources=known, chains=shipped.supply().chains.keys()
        ),
        tmp_path,
        shipped.known(),
    )


@pytest.mark.parametrize("table", MIXES)
def test_removing_or_breaking_any_share_makes_the_check_fail(tmp_path: Path, table: str) -> None:
    file, survivors = f"supply/{table}_shares.csv", []
    for row, lines, rows_head, shares_head in mix_mutants(table):
        good = csv_text(rows_head, [row])
        assert broken_mix(tmp_path, table, good, csv_text(shares_head, lines)) == ""
        for number, (row_id, country, share, low, high) in enumerate(lines):
            others = lines[:number] + lines[number + 1 :]
            mutants = {
                "removed": others,
                "negative": [*others, [row_id, country, f"-{float(share) or 0.1}", low, high]],
                "unknown country": [*others, [row_id, "QQ", share, low, high]],
                "repeated": [*lines, lines[number]],
                "larger": [*others, [row_id, country, str(float(share) + 0.01), "", ""]],
            }
            for kind, mutant in mutants.items():
                message = broken_mix(tmp_path, table, good, csv_text(shares_head, mutant))
                if file not in message:
                    survivors.append((row_id, country, kind))

    assert survivors == []


@pytest.mark.parametrize("table", MIXES)
def test_breaking_any_row_of_shares_makes_the_check_fail(tmp_path: Path, table: str) -> None:
    file, survivors = f"supply/{table}_rows.csv", []
    for row, lines, rows_head, shares_head in mix_mutants(table):
        shares, columns = csv_text(shares_head, lines), columns_of(rows_head)
        cells = dict(zip(columns, row, strict=True))
        mutants = {
            "no date": cells | {"valid_from": ""},
            "broken date": cells | {"valid_from": NO_DAY},
            "ends before it starts": cells | {"valid_to": "1999-12-31"},
            "no source": cells | {"sources": ""},
            "unknown source": cells | {"sources": f"{cells['sources']} nobody"},
            "unknown stage": cells | {"stage": "sep"},
            "unknown element": cells | {"elements": f"{cells['elements']} Xx"},
            "unknown place": cells | {"place": "QQ"},
        }
        for kind, mutant in mutants.items():
            message = broken_mix(
                tmp_path, table, csv_text(rows_head, [list(mutant.values())]), shares
            )
            if file not in message:
                survivors.append((row[0], kind))
        if file not in broken_mix(tmp_path, table, csv_text(rows_head, [row, row]), shares):
            survivors.append((row[0], "repeated"))

    assert survivors == []


# ------------------------------------------------------------------------------ dates


@pytest.mark.parametrize("name", YAML_NAMES)
def test_breaking_any_date_of_a_yaml_file_makes_the_check_fail(root: Path, name: str) -> None:
    content, load = text(name), loader_of(name)
    survivors = []
    for span in days(content):
        with replaced(root, name, without_scalar(content, span, instead=NO_DAY)):
            if name not in fault(load, root, shipped.known()):
                survivors.append(span)

    assert survivors == []


@pytest.mark.parametrize("name", [name for name in CSV_NAMES if not name.endswith("_rows.csv")])
def test_breaking_any_date_of_a_table_makes_the_check_fail(root: Path, name: str) -> None:
    head, rows = csv_rows(text(name))
    load, survivors = loader_of(name), []
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if is_day(cell):
                mutant = [*row[:column], NO_DAY, *row[column + 1 :]]
                content = csv_text(head, [*rows[:number], mutant, *rows[number + 1 :]])
                with replaced(root, name, content):
                    if name not in fault(load, root, shipped.known()):
                        survivors.append((number, column))

    assert survivors == []


# ------------------------------------------------------------------------------ anything removed


@pytest.mark.parametrize("name", YAML_NAMES)
def test_removing_any_date_or_source_of_a_yaml_file_lowers_its_count(name: str) -> None:
    content = text(name)
    present = count_values(content, name=name)  # which is what is on record, see above
    spans = {*days(content), *(span for span in scalars(content) if span[2] in shipped.known())}

    survivors = [
        span for span in spans if count_values(without_scalar(content, span), name=name) >= present
    ]

    assert survivors == []


@pytest.mark.parametrize("name", CSV_NAMES)
def test_removing_any_row_of_a_table_lowers_its_count(name: str) -> None:
    head, rows = csv_rows(text(name))

    counts = [count_values(csv_text(head, [row]), name=name) for row in rows]

    # The count of a table is the sum over its rows, so one row less shows.
    assert min(counts) > 0
    assert sum(counts) == count_values(text(name), name=name)


@pytest.mark.parametrize("name", [SOURCES_FILE, "supply/world_shares.csv", "mitigation/facts.yaml"])
def test_a_count_below_the_record_names_the_file(root: Path, name: str) -> None:
    content = text(name).splitlines(keepends=True)

    with replaced(root, name, "".join(content[:-2])), pytest.raises(ReferenceDataError) as error:
        check_minimum_counts(root)

    assert f"{name}: holds" in str(error.value)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_makes_the_check_fail(root: Path, name: str) -> None:
    path = root / name
    before = path.read_bytes()
    path.unlink()
    try:
        message = fault(loader_of(name), root, shipped.known())
    finally:
        path.write_bytes(before)

    assert name in message


# ------------------------------------------------------------------------------ repeated


@pytest.mark.parametrize("name", YAML_NAMES)
def test_repeating_a_key_makes_the_check_fail(name: str) -> None:
    content = text(name)
    keys = block_keys(content)
    for start, _, key in {keys[0], keys[len(keys) // 2], keys[-1]}:
        line = content.rfind("\n", 0, start) + 1
        mutant = f"{content[:line]}{content[line:start]}{key}: repeated\n{content[line:]}"
        with pytest.raises(ReferenceDataError, match=r"is repeated") as error:
            parse_yaml_text(mutant, name=name)

        assert name in str(error.value)


@pytest.mark.parametrize("name", CSV_NAMES)
def test_repeating_a_row_makes_the_check_fail(root: Path, name: str) -> None:
    head, rows = csv_rows(text(name))
    load, survivors = loader_of(name), []
    for number in {0, len(rows) // 2, len(rows) - 1}:
        with replaced(root, name, csv_text(head, [*rows, rows[number]])):
            if name not in fault(load, root, shipped.known()):
                survivors.append(number)

    assert survivors == []


# ------------------------------------------------------------------------------ whole data


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (
            "supply/world_shares.csv",
            "mining-Nd-2026-05-27,CN,0.6763",
            "mining-Nd-2026-05-27,CN,0.7",
        ),
        ("sectors/archetypes.csv", "ndfeb_traction", "ndfeb_unheard_of"),
        ("mitigation/alternatives.yaml", "ev_traction_motor", "warp_drive"),
        ("supply/forms.yaml", "ndfeb: magnet", "ndfeb: alloy"),
        ("elements/elements.csv", "mining separation metal magnet compound", "mining separation"),
        ("sources.yaml", "verified: true", "verified: maybe"),
    ],
)
def test_the_whole_check_finds_it_too(root: Path, name: str, old: str, new: str) -> None:
    content = text(name)
    assert old in content

    with (
        replaced(root, name, content.replace(old, new, 1)),
        pytest.raises(ReferenceDataError) as error,
    ):
        load_reference_data(root)

    assert name in str(error.value)


def test_faults_of_several_files_come_out_at_once(root: Path) -> None:
    with (
        replaced(root, "sectors/groups.csv", "nothing\n"),
        replaced(root, "supply/prices.csv", "nothing\n"),
        pytest.raises(ReferenceDataError) as error,
    ):
        load_reference_data(root)

    assert "sectors/groups.csv: header" in str(error.value)
    assert "supply/prices.csv: header" in str(error.value)
