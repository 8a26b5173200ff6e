"""Countries, money, masses, durations, designators, substance numbers, neutral cells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.readers.countries import country_code
from app.readers.designators import count_designators
from app.readers.masses import days, kilograms, mass_unit_in, share
from app.readers.money import currency_in, parse_price
from app.readers.neutral import neutralise_cell
from app.readers.number_text import DecimalMark
from app.readers.substance_ids import is_cas, is_ec

COUNTRIES = {
    "China": "CN",
    "中国": "CN",
    "中國": "CN",
    "P.R. China": "CN",
    "Volksrepublik China": "CN",
    "made in China": "CN",
    "中国制": "CN",
    "CHN": "CN",
    "cn": "CN",
    "CN - China": "CN",
    "日本": "JP",
    "Japan": "JP",
    "JPN": "JP",
    "米国": "US",
    "美国": "US",
    "USA": "US",
    "Vereinigte Staaten": "US",
    "Deutschland": "DE",
    "ドイツ": "DE",
    "德国": "DE",
    "Germany, Berlin": "DE",
    "Taiwan (TW)": "TW",
    "台湾": "TW",
    "中国台湾": "TW",
    "中国台湾省新竹": "TW",
    "中国浙江": "CN",
    "浙江中国": None,
    "韓国": "KR",
    "South Korea": "KR",
    "Malaysia": "MY",
    "馬来西亜": None,
    "Estland": "EE",
    "缅甸": "MM",
    "Viet Nam": "VN",
    "NO": "NO",
    "Schweiz": "CH",
    "UK": "GB",
    "Atlantis": None,
    "EU": None,
    "ZZ": None,
    "China / Japan": None,
    "": None,
    "12": None,
}


@pytest.mark.parametrize(("text", "code"), COUNTRIES.items())
def test_a_country_is_known_by_name_or_code_in_many_languages(text: str, code: str | None) -> None:
    assert country_code(text) == code


CURRENCIES = [
    ("5,29 zł", None, "PLN"),
    ("Unit Cost (USD)", None, "USD"),
    ("Price ( $ )", None, "USD"),
    ("Preis/Stk. [€]", None, "EUR"),
    ("30円", None, "JPY"),
    ("30元", None, "CNY"),
    ("￥30", "JPY", "JPY"),
    ("¥30", "CNY", "CNY"),
    ("¥30", None, None),
    ("HK$ 4", None, "HKD"),
    ("all in one", None, None),
    ("Price", None, None),
]


@pytest.mark.parametrize(("text", "yen_or_yuan", "code"), CURRENCIES)
def test_a_currency_is_named_or_unknown(
    text: str, yen_or_yuan: str | None, code: str | None
) -> None:
    assert currency_in(text, yen_or_yuan=yen_or_yuan) == code


PRICES = [
    ("$0.63", "0.63"),
    (" $1,43 ", "1.43"),
    ("5,29 zł", "5.29"),
    ("1.234,50 EUR", "1234.50"),
    ("Auf Anfrage", None),
    ("-5", None),
    ("1 / 10 / 100", None),
    ("approximately 5", None),
]


@pytest.mark.parametrize(("text", "amount"), PRICES)
def test_a_price_is_one_amount(text: str, amount: str | None) -> None:
    price = parse_price(text, DecimalMark.UNKNOWN)

    assert (str(price) if price is not None else None) == amount


MASSES = [
    ("146", "g/Part", 0.146),
    ("19.6", "kg/m^2", 19.6),
    ("5", "mg", 5e-6),
    ("2", "Kg", 2.0),
    ("1", "lb", 0.45359237),
    ("3", "吨", 3000.0),
    ("3", "stone", None),
]


@pytest.mark.parametrize(("value", "unit", "mass"), MASSES)
def test_a_mass_is_converted_or_refused(value: str, unit: str, mass: float | None) -> None:
    assert kilograms(Decimal(value), unit) == mass


def test_a_header_may_name_the_unit_of_mass() -> None:
    assert mass_unit_in("Mass - g (each)") == "g"
    assert mass_unit_in("Gewicht [kg]") == "kg"
    assert mass_unit_in("Weight") is None


SHARES = [
    ("30%", "", 0.3),
    ("0.3", "", 0.3),
    ("30", "", 0.3),
    ("0.3", "wt%", 0.003),
    ("1500 ppm", "", 0.0015),
    (">99", "", 0.99),
    ("120", "", None),
    ("-1", "", None),
    ("rest", "", None),
]


@pytest.mark.parametrize(("text", "header", "value"), SHARES)
def test_a_share_lies_between_nothing_and_all(text: str, header: str, value: float | None) -> None:
    assert share(text, header=header, mark=DecimalMark.POINT) == value


DURATIONS = [
    ("60", "Lead time", 60.0),
    ("4-6 weeks", "Lead Time", 42.0),
    ("2 weeks", "", 14.0),
    ("3", "Lead time (weeks)", 21.0),
    ("30日", "", 30.0),
    ("2ヶ月", "", 60.0),
    ("ca. 5 Tage", "", 5.0),
    ("Stock", "", None),
    ("5 apples", "", None),
    ("9999999", "", None),
    ("week 4", "", None),
]


@pytest.mark.parametrize(("text", "header", "value"), DURATIONS)
def test_a_duration_is_given_in_days(text: str, header: str, value: float | None) -> None:
    assert days(text, header=header, mark=DecimalMark.POINT) == value


DESIGNATORS = [
    ("C1,C2", 2),
    ("C1-C20", 20),
    ("C1-20", 20),
    ("R1 R2;R3、R4", 4),
    ("D1", 1),
    ("C20-C1", None),
    ("C1-R9", None),
    ("top side", None),
    ("", None),
    ("C1-C99999 C1-C99999", None),
]


@pytest.mark.parametrize(("text", "count"), DESIGNATORS)
def test_designators_are_counted_or_nothing_is_said(text: str, count: int | None) -> None:
    assert count_designators(text) == count


def test_a_substance_number_needs_its_check_digit() -> None:
    assert is_cas("7440-00-8")
    assert not is_cas("7440-00-9")
    assert not is_cas("201-004-7")
    assert is_ec("231-109-3")
    assert not is_ec("231-109-4")
    assert not is_ec("N42SH")


NEUTRAL = [
    ("=1+1", "'=1+1"),
    ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("-2+3", "'-2+3"),
    ("  =1", "'  =1"),
    ("＝1", "'＝1"),
    ("\t=1", "'\t=1"),
    ("-3.5", "-3.5"),
    ("+7", "+7"),
    ("N42SH", "N42SH"),
    ("a\x00b", "ab"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "written"), NEUTRAL)
def test_no_cell_that_we_write_is_a_formula(text: str, written: str) -> None:
    assert neutralise_cell(text) == written
