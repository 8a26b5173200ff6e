"""Prices as text: the amount and its currency. Exchange rates are no business of a reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from app.readers.number_text import DecimalMark, Number, clean, find_number

_CODES = frozenset(
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KRW"
    " KZT MXN MYR NOK NZD PEN PHP PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD VND"
    " ZAR".split()
)
#: Signs and words by code.
_SIGNS = (
    "EUR € eur euro|GBP £|USD $ us$ dollar dollars|PLN zł zl|JPY 円 yen|CNY 元 rmb 人民币|KRW ₩ 원"
    "|INR ₹|CZK kč|TWD nt$|HKD hk$|AUD a$|CAD c$|SGD s$|BRL r$|CHF sfr sfr. fr.|VND đ ₫|RUB ₽|TRY ₺"
)
_WORDS: Mapping[str, str] = MappingProxyType(
    {word: entry[:3] for entry in _SIGNS.split("|") for word in entry[4:].split()}
)
_TOKEN = re.compile(r"[A-Za-z]{0,2}[$€£¥₩₹₫₽₺円元원]|[^\W\d_]+\.?")


def currency_in(text: str, *, yen_or_yuan: str | None = None) -> str | None:
    """Return the ISO 4217 code of the currency that a text names, or None.

    Args:
        text: A price, a header or a currency cell.
        yen_or_yuan: What the sign "¥" means in this file; None where nothing tells.

    Examples:
        >>> currency_in("5,29 zł"), currency_in("Unit Cost (USD)"), currency_in("¥ 30") is None
        ('PLN', 'USD', True)
    """
    for token in _TOKEN.findall(clean(text)):
        if token.upper() in _CODES and (token.isupper() or token.islower()):
            return str(token.upper())
        found = _WORDS.get(token.casefold())
        if found is not None:
            return found
        if token.endswith("¥"):
            return yen_or_yuan
    return None


def parse_price(text: str, mark: DecimalMark) -> Decimal | None:
    """Return the amount of a price text, or None where it holds no single amount."""
    cleaned = clean(text)
    found: Number | None = find_number(cleaned, mark)
    if found is None or found.value < 0:
        return None
    before, after = cleaned[: found.start], cleaned[found.end :]
    if any(sign.isdigit() for sign in after) or len(before) > 8 or len(after) > 16:
        return None
    return found.value
