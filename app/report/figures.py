"""Figures as text, rounded as the service rounds them."""

from __future__ import annotations

from app.domain.rounding import rounded


def one_decimal(value: float) -> str:
    """Return a figure with one decimal, half to even.

    Examples:
        >>> one_decimal(0.25), one_decimal(61.4)
        ('0.2', '61.4')
    """
    return f"{rounded(value):.1f}"


def mass(value_kg: float) -> str:
    """Return a mass in the unit that suits its size.

    Examples:
        >>> mass(0.0123), mass(12.3), mass(4500.0)
        ('12.3 g', '12.3 kg', '4.5 t')
    """
    if value_kg >= 1000.0:
        return f"{value_kg / 1000.0:.3g} t"
    if value_kg >= 1.0:
        return f"{value_kg:.3g} kg"
    if value_kg >= 0.001:
        return f"{value_kg * 1000.0:.3g} g"
    return f"{value_kg * 1e6:.3g} mg"
