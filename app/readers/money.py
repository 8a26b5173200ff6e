"""Prices as text: the amount and its currency. Exchange rates are no business of a reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from app.readers.numbers import DecimalMark, Number, clean, find_number

_CODES = frozenset(
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KRW KZT MXN"
    " MYR NOK NZD PEN PHP PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR".split()
)
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "€": "EUR", "eur": "EUR", "euro": "EUR", "£": "GBP", "$": "USD", "us$": "USD", "zł": "PLN",
        "zl": "PLN", "円": "JPY", "yen": "JPY", "元": "CNY", "rmb": "CNY", "人民币": "CNY", "₩": "KRW",
        "원": "KRW", "₹": "INR", "kč": "CZK", "nt$": "TWD", "hk$": "HKD", "a$": "AUD", "c$": "CAD",
        "s$": "SGD", "r$": "BRL", "sfr": "CHF", "sfr.": "CHF", "fr.": "CHF", "đ": "VND", "₫": "VND",
        "₽": "RUB", "₺": "TRY", "dollar": "USD", "dollars": "USD",
    }
)  # fmt: skip
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
