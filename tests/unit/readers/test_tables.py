"""Headers, sections, totals, several tables, tables without a header, overrides."""

from __future__ import annotations

import pytest

from app.domain.bom import Bom
from app.errors import UnreadableFileError
from app.readers import ReadOptions, read_bom


def read(text: str, **options: object) -> Bom:
    return read_bom(text.encode(), options=ReadOptions(**options))  # type: ignore[arg-type] # any field


def notes(bom: Bom) -> dict[str, str]:
    assert bom.file is not None
    return dict(bom.file.notes)


def test_titles_above_and_totals_beneath_are_reported_and_no_lines() -> None:
    bom = read(
        "Machine X,,,\n,,,\nPos,Name,Qty,Price\n1,Magnet,2,5.00\n2,Bolt,4,0.10\n"
        ",,,\n,Total,6,10.40\n,Shipping,,3.00\n"
    )

    assert [(line.row, line.description) for line in bom.lines] == [(4, "Magnet"), (5, "Bolt")]
    assert bom.file is not None
    assert bom.file.header_row == 3
    assert notes(bom)["title_row"] == "row 1 ('Machine X')"
    assert notes(bom)["total_row"] == "row 7 ('Total 6 10.40'), 8 ('Shipping 3.00')"


@pytest.mark.parametrize(
    "word", ["Summe", "合計", "总计:", "Suma produktów", "Gesamtsumme", "TOTAL:"]
)
def test_a_total_is_known_in_many_languages(word: str) -> None:
    bom = read(f"Pos,Name,Qty,Price\n1,Magnet,2,5\n,{word},,5\n")

    assert len(bom.lines) == 1
    assert "total_row" in notes(bom)


def test_a_total_station_is_a_part() -> None:
    bom = read("Pos,Part Number,Name,Qty\n1,TS-1,Total station,2\n2,X-1,Sum filter,1\n")

    assert [line.description for line in bom.lines] == ["Total station", "Sum filter"]


def test_lines_after_a_subtotal_are_lines_again() -> None:
    bom = read("Pos,Name,Qty,Price\n1,A,1,1\n,Subtotal,,1\n2,B,1,1\n,Total,,2\n")

    assert [line.description for line in bom.lines] == ["A", "B"]


def test_sections_and_legends_are_notes() -> None:
    bom = read(
        "Name,Description,Qty,Note\n\nMotors,,,\nM1,BLDC,2,\n\nElectronics:,,,\nU1,MCU,1,\n\n"
        "Already in stock,,,\nOn order,,,\n"
    )

    assert [line.row for line in bom.lines] == [4, 7]
    assert "'Motors'" in notes(bom)["section_row"]
    assert "'Electronics:'" in notes(bom)["section_row"]
    assert notes(bom)["note_row"] == "row 9 ('Already in stock'), 10 ('On order')"


def test_a_lone_name_between_lines_is_a_line_with_a_warning() -> None:
    bom = read("Name,Description,Qty,Note\nA,x,1,\nNeodymium magnet,,,\nB,y,1,\n")

    assert bom.lines[1].description == "Neodymium magnet"
    assert [code for code, _, _ in bom.lines[1].warnings] == ["quantity_missing"]


def test_a_list_of_names_without_quantity_is_all_lines() -> None:
    bom = read("Description\nMagnet N42\n\nBolt\n")

    assert [line.description for line in bom.lines] == ["Magnet N42", "Bolt"]
    assert "no_quantity_column" in notes(bom)


def test_numbered_empty_rows_are_notes_and_nameless_quantities_are_lines() -> None:
    bom = read("Item,Part Number,Description,Qty\n1,A,a,1\n2,,,3\n3,,,\n4,,,\n")

    assert [(line.row, line.quantity) for line in bom.lines] == [(2, 1.0), (3, 3.0)]
    assert bom.lines[1].warnings[0][0] == "no_identity"
    assert notes(bom)["numbered_empty_row"] == "row 4 ('3'), 5 ('4')"


def test_a_second_table_has_its_own_columns() -> None:
    bom = read(
        'Name,Qty,Note\nMagnet,3,\n\nPCB parts:,,\nModel,Designator,Qty\nC 100nF,"C1,C2",2\n'
    )

    assert [(line.description, line.quantity) for line in bom.lines] == [
        ("Magnet", 3.0),
        ("C 100nF", 2.0),
    ]
    assert notes(bom)["further_table"] == "header in row 5"


def test_a_repeated_header_is_no_line() -> None:
    bom = read("Name,Qty\nA,1\nB,2\nName,Qty\nC,3\n")

    assert [line.description for line in bom.lines] == ["A", "B", "C"]


def test_a_table_without_header_is_told_by_its_content() -> None:
    bom = read("1,MAG-42,Sintered magnet,12\n2,SCR-3,Long screw,4\n3,WIR-9,Copper wire,7\n")

    assert [(line.part_number, line.description, line.quantity) for line in bom.lines] == [
        ("MAG-42", "Sintered magnet", 12.0),
        ("SCR-3", "Long screw", 4.0),
        ("WIR-9", "Copper wire", 7.0),
    ]
    assert bom.file is not None
    assert bom.file.header_row is None
    assert "no_header" in notes(bom)


PROSE = [
    "We met on Monday, discussed quantity, description and price, and parted.\nNothing else.\n",
    "# Title\n\nMore words.\n\n- quantity, unit, part number: see below\nMany, words.\nThe end.\n",
    "hello\nworld\n",
    "a,b\nc,d\n",
]


@pytest.mark.parametrize("text", PROSE)
def test_free_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFileError):
        read(text)


def test_a_header_without_rows_says_so() -> None:
    with pytest.raises(UnreadableFileError, match="has no rows") as caught:
        read("Part Number,Description,Qty\n")

    assert caught.value.faults[0].row == 1


def test_an_override_maps_odd_columns() -> None:
    text = "Foo,Bar,Baz\nM-1,Magnet,3\n"
    wanted = {"Foo": "part_number", "B": "description", "3": "quantity"}

    bom = read(text, columns=wanted)

    (line,) = bom.lines
    assert (line.part_number, line.description, line.quantity) == ("M-1", "Magnet", 3.0)
    assert bom.file is not None
    assert bom.file.columns == (("Foo", "part_number"), ("Bar", "description"), ("Baz", "quantity"))


def test_an_override_goes_before_the_header_word_and_may_drop_a_column() -> None:
    bom = read("Name,Qty,Total\nA,1,9\n", columns={"Qty": "ignore", "Total": "quantity"})

    assert bom.lines[0].quantity == 9.0
    assert bom.file is not None
    assert bom.file.ignored_columns == ("Qty",)


def test_an_override_that_fits_nothing_is_refused_with_what_there_is() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read("Name,Qty\nA,1\n", columns={"Menge": "quantity"})
    with pytest.raises(UnreadableFileError, match="is no field"):
        read("Name,Qty\nA,1\n", columns={"Qty": "amount_of_things"})

    (fault,) = caught.value.faults
    assert fault.code == "no_such_column"
    assert "'Name', 'Qty'" in fault.detail


def test_an_override_of_a_format_without_columns_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="no columns to override"):
        read('{"id": "x", "lines": [{"description": "a"}]}', columns={"x": "quantity"})


def test_a_header_may_name_the_unit_of_the_quantity() -> None:
    assert read("Name,Menge (kg)\nDraht,2\n").lines[0].unit == "kg"
    assert read("名称,数量(个)\n磁铁,2\n").lines[0].unit == "个"
    assert read("Name,Anzahl (benötigt)\nA,2\n").lines[0].unit is None


def test_a_price_without_a_currency_has_none() -> None:
    bom = read("品名,数量,単価\n磁石,2,30\n磁石2,2,￥30\n")

    assert [line.currency for line in bom.lines] == [None, "JPY"]


def test_a_prescribed_header_row_is_used() -> None:
    text = "Name,Qty\nold,1\nPart,Description,Quantity\nA,x,2\n"

    assert [line.description for line in read(text, header_row=3).lines] == ["A; x"]
    with pytest.raises(UnreadableFileError, match="row 9"):
        read(text, header_row=9)


def test_no_header_may_be_prescribed() -> None:
    bom = read("Name,Qty\nMag,3\n", header_row=0, columns={"1": "description", "2": "quantity"})

    assert [line.row for line in bom.lines] == [1, 2]


def test_content_decides_between_a_material_and_a_material_number() -> None:
    parts = read("Material,Description,Menge\n100-200,Magnet,2\n100-300,Bolt,1\n")
    stuffs = read("Item,Description,Quantity,Material\n1,Magnet,2,Neodymium\n2,Ring,1,Buna-N\n")

    assert [line.part_number for line in parts.lines] == ["100-200", "100-300"]
    assert [line.materials[0].name for line in stuffs.lines] == ["Neodymium", "Buna-N"]


def test_an_item_column_is_a_position_or_a_name() -> None:
    numbers = read("Item,Description,Qty\n10,A,1\n20,B,1\n")
    names = read("Item,Qty\nMotor,1\nBolt,2\n")

    assert [line.line_id for line in numbers.lines] == ["10", "20"]
    assert [line.description for line in names.lines] == ["Motor", "Bolt"]


def test_an_amount_is_money_where_a_quantity_stands_by() -> None:
    quantity = read("Name,Amount\nA,3\nB,4\n")
    money = read("Name,Qty,Amount\nA,3,4.50\nB,4,9.00\n")

    assert [line.quantity for line in quantity.lines] == [3.0, 4.0]
    assert [line.quantity for line in money.lines] == [3.0, 4.0]


def test_part_numbers_that_only_count_are_positions() -> None:
    bom = read("部品番号,部品名,型番,個数\n1,モータ,TF-1,2\n2,板,AL-2,1\n3,軸,SH-3,1\n")

    assert [line.part_number for line in bom.lines] == ["TF-1", "AL-2", "SH-3"]
    assert [line.line_id for line in bom.lines] == ["1", "2", "3"]


def test_decimal_commas_are_told_by_the_column() -> None:
    bom = read("Name;Menge;Preis\nDraht;1.000;5,29\nBlech;2,5;1.234,50\n")

    assert [line.quantity for line in bom.lines] == [1000.0, 2.5]
    assert [str(line.unit_price) for line in bom.lines] == ["5.29", "1234.50"]


def test_an_ambiguous_quantity_is_said_to_be_so() -> None:
    bom = read("Name,Qty\nWire,1.000\n")

    assert [code for code, _, _ in bom.lines[0].warnings] == ["ambiguous_number"]


def test_three_decimals_throughout_are_decimals() -> None:
    bom = read("Name,Qty\nA,1.000\nB,12.000\n")

    assert [line.quantity for line in bom.lines] == [1.0, 12.0]
    assert bom.lines[0].warnings == ()


def test_what_cannot_be_read_is_kept_with_its_column() -> None:
    bom = read(
        "Part Number,Description,Qty,Country of origin,CAS,Weight,Price,Lead time\n"
        "A,Magnet,some,Atlantis,7440-00-9,heavy,on request,soon\n"
    )

    (line,) = bom.lines
    assert dict(line.raw) == {
        "Qty": "some",
        "Weight": "heavy",
        "Price": "on request",
        "Country of origin": "Atlantis",
        "Lead time": "soon",
        "CAS": "7440-00-9",
    }
    assert {(code, column) for code, _, column in line.warnings} == {
        ("quantity_in_words", "Qty"),
        ("unit_mass_unread", "Weight"),
        ("unit_price_unread", "Price"),
        ("unknown_country", "Country of origin"),
        ("lead_time_days_unread", "Lead time"),
        ("cas_invalid", "CAS"),
    }
    assert (line.quantity, line.unit_mass_kg, line.unit_price, line.suppliers) == (
        None,
        None,
        None,
        (),
    )


def test_an_ec_number_under_cas_is_kept_as_what_it_is() -> None:
    bom = read("Description,Qty,Material,CAS\nX,1,dye,201-004-7\n")

    (material,) = bom.lines[0].materials
    assert (material.cas, material.ec) == (None, "201-004-7")
    assert bom.lines[0].warnings[0][0] == "cas_is_ec"


def test_several_numbers_in_a_cell_are_several_materials() -> None:
    bom = read('Description,Qty,CAS,Mass fraction\nMagnet,1,"7440-00-8; 7439-89-6",0.3\n')

    assert [material.cas for material in bom.lines[0].materials] == ["7440-00-8", "7439-89-6"]
    assert [material.mass_fraction for material in bom.lines[0].materials] == [None, None]


def test_the_origin_outweighs_the_seat_of_the_supplier() -> None:
    bom = read("Part,Qty,Supplier,Supplier country,Country of origin\nM,1,Trader,DE,China\n")

    (line,) = bom.lines
    assert [(supplier.name, supplier.country) for supplier in line.suppliers] == [("Trader", "CN")]
    assert line.warnings[0][0] == "origin_differs"


def test_a_unit_in_the_cell_goes_before_the_unit_column() -> None:
    bom = read("Name,Qty,Unit\nStrip,2m,EA\nBolt,4 EA,EA\n")

    assert [line.unit for line in bom.lines] == ["m", "EA"]
    assert [code for code, _, _ in bom.lines[0].warnings] == ["unit_differs"]
    assert bom.lines[1].warnings == ()


def test_designators_are_counted_where_no_quantity_is_given() -> None:
    alone = read('Reference,Value\n"C1,C2",100nF\nR1-R5,1k\n')
    beside = read('Reference,Value,Qty\n"C1,C2",100nF,2\n"R1,R2",1k,3\nD1,LED,0\n')

    assert [line.quantity for line in alone.lines] == [2.0, 5.0]
    assert alone.lines[0].warnings[0][0] == "quantity_from_designators"
    assert [[code for code, _, _ in line.warnings] for line in beside.lines] == [
        [],
        ["designator_count_differs"],
        ["quantity_zero"],
    ]


def test_overflowing_designators_belong_to_the_line_above() -> None:
    bom = read("Item\tQuantity\tReference\tPart\n1\t4\tC1,C2\t100nF\n\t\tC3,C4\t\n2\t1\tR1\t1k\n")

    assert [(line.quantity, line.warnings) for line in bom.lines] == [(4.0, ()), (1.0, ())]
    assert "continuation_row" in notes(bom)


def test_lines_without_a_key_are_called_by_their_row_and_repeated_keys_get_a_suffix() -> None:
    rows = read("Name,Qty\nA,1\nB,2\n")
    keys = read("Line ID,Name,Qty\nx,A,1\nx,B,2\nx-2,C,3\n,D,4\n")

    assert [line.line_id for line in rows.lines] == ["2", "3"]
    assert [line.line_id for line in keys.lines] == ["x", "x-3", "x-2", "5"]
    assert [code for code, _, _ in keys.lines[1].warnings] == ["duplicate_line_id"]


def test_a_recognised_remark_is_kept_raw_and_is_no_description() -> None:
    bom = read("Name,Qty,Remark\nScrew,4,holds the magnet\n")

    assert bom.lines[0].description == "Screw"
    assert bom.lines[0].raw == (("Remark", "holds the magnet"),)


def test_the_id_of_the_product_is_the_callers_or_the_stem_of_the_file() -> None:
    data = b"Name,Qty\nA,1\n"

    assert read_bom(data).id == "bom"
    assert read_bom(data, filename="C:\\boms\\motor v2.csv").id == "motor v2"
    assert read_bom(data, filename="m.csv", options=ReadOptions(bom_id="P-1")).id == "P-1"


def test_magnet_type_and_sourcing_columns_are_read() -> None:
    bom = read(
        "Name,Qty,Magnet type,Sourcing\n"
        'Drive,1,Ferrite,"separation: CN 80 %, MY 20 %; magnet: Japan"\n'
        'Fan,1,None,"separation; CN"\n'
    )

    first, second = bom.lines
    assert first.product_type == (("permanentMagnetType", "Ferrite"),)
    assert [(s.stage, s.country, s.share) for s in first.sourcing] == [
        ("separation", "CN", 0.8),
        ("separation", "MY", 0.2),
        ("magnet", "JP", 1.0),
    ]
    assert second.sourcing == ()
    assert second.warnings[0][0] == "sourcing_unread"
