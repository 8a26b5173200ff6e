"""What of a file does not fit is left out with a warning; the line stays."""

from __future__ import annotations

import pytest

from app.batch.reading import fitting_line, read_file
from app.batch.vocabulary import Vocabulary, suggest_word
from app.domain.bom import BomLine, Bridge, SourcingShare, Supplier
from app.errors import LimitExceededError

VOCABULARY = Vocabulary({"electronics": "electronics", "消费电子": "electronics"})


def fitted(**fields: object) -> BomLine:
    return fitting_line(BomLine(line_id="1", **fields), VOCABULARY)  # type: ignore[arg-type] # any field


def codes(line: BomLine) -> list[str]:
    return [code for code, _, _ in line.warnings]


def test_a_line_that_fits_stays_as_it_is() -> None:
    line = BomLine(
        line_id="1",
        sector="electronics",
        suppliers=(Supplier(country="JP"),),
        sourcing=(SourcingShare(stage="metal", country="CN", share=1.0),),
        bridges=(Bridge(from_day=30.0, share=0.5),),
        stock_days=10.0,
    )

    assert fitting_line(line, VOCABULARY) == line


def test_an_alias_becomes_the_id_of_its_sector() -> None:
    assert fitted(sector="消费电子").sector == "electronics"


def test_an_unknown_sector_is_dropped_and_told() -> None:
    line = fitted(sector="banking")

    assert line.sector is None
    assert codes(line) == ["unknown_sector"]


def test_shares_of_suppliers_over_one_are_scaled() -> None:
    line = fitted(suppliers=(Supplier(country="JP"), Supplier(country="CN")))

    assert [supplier.share for supplier in line.suppliers] == [0.5, 0.5]
    assert codes(line) == ["shares_over_one"]


def test_an_unknown_stage_and_a_stage_over_one_are_dropped() -> None:
    line = fitted(
        sourcing=(
            SourcingShare(stage="smelting", country="CN", share=1.0),
            SourcingShare(stage="Metal", country="CN", share=0.8),
            SourcingShare(stage="metal", country="JP", share=0.8),
            SourcingShare(stage="magnet", country="JP", share=1.0),
        )
    )

    assert line.sourcing == (SourcingShare(stage="magnet", country="JP", share=1.0),)
    assert codes(line) == ["unknown_stage", "shares_over_one"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stock_days", -1.0),
        ("stock_days", float("inf")),
        ("lead_time_days", float("nan")),
        ("recycled_share", 1.5),
        ("bridges", (Bridge(from_day=-1.0, share=0.5),)),
        ("bridges", (Bridge(from_day=1.0, share=5.0),)),
        ("suppliers", (Supplier(share=-0.5),)),
    ],
)
def test_a_number_out_of_range_is_dropped_and_told(field: str, value: object) -> None:
    line = fitted(**{field: value})

    assert getattr(line, field) in (None, 0.0, ())
    assert codes(line) == ["out_of_range"]


def test_more_lines_than_allowed_are_refused_with_the_limit_named() -> None:
    content = b"part_number,quantity\n" + b"".join(b"P%d,1\n" % place for place in range(5))

    with pytest.raises(LimitExceededError, match="LODESTONE_MAX_LINES"):
        read_file(content, name="bom.csv", vocabulary=VOCABULARY, most_lines=4)


def test_a_file_keeps_its_lines_and_tells_its_unknown_sector() -> None:
    content = b'{"bom": {"id": "X", "sector": "banking", "lines": [{"description": "bolt"}]}}'

    bom = read_file(content, name="bom.json", vocabulary=VOCABULARY, most_lines=10)

    assert bom.file is not None
    assert [code for code, _ in bom.file.notes][-1] == "unknown_sector"
    assert (bom.id, len(bom.lines), bom.sector) == ("X", 1, None)


def test_a_word_that_is_near_none_is_not_suggested() -> None:
    assert suggest_word("zzz", ["civil"]) is None
