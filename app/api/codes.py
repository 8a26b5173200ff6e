"""ISO codes of countries and currencies, and what a caller may have meant instead."""

from __future__ import annotations

from pydantic_core import core_schema

#: ISO 3166-1 alpha-2, the officially assigned codes.
COUNTRY_CODES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ
    EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW
    GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY
    KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM
    ZW
    """.split()
)

#: ISO 4217, the currencies in use.
CURRENCY_CODES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
    BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL
    GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF
    KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
    MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH
    UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()
)


class OneOf:
    """Annotation of a text field that must hold one of a fixed set of codes.

    The schema shows the pattern of the codes and leaves out the list, which is long and
    well known.
    """

    def __init__(self, allowed: frozenset[str], *, pattern: str) -> None:
        self.allowed = allowed
        self.pattern = pattern

    def __get_pydantic_core_schema__(
        self, source: object, handler: object
    ) -> core_schema.CoreSchema:
        """Return a validator that compares without calling Python."""
        return core_schema.literal_schema(sorted(self.allowed))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: object
    ) -> dict[str, object]:
        """Return what the documentation shows."""
        return {"type": "string", "pattern": self.pattern}


def suggest_country(text: str) -> str | None:
    """Return the code that a caller probably meant by a name or a wrongly written code.

    Examples:
        >>> suggest_country("Japan"), suggest_country("jp"), suggest_country("Deutschland")
        ('JP', 'JP', 'DE')
    """
    from app.readers.countries import country_code  # noqa: PLC0415 - loads names of many languages

    code = country_code(text)
    return code if code in COUNTRY_CODES else None
