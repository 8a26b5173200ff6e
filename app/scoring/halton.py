"""Points that fill a cube evenly, always the same ones: a Halton sequence."""

from __future__ import annotations

from collections.abc import Iterator


def primes() -> Iterator[int]:
    """Yield the primes in ascending order.

    Examples:
        >>> from itertools import islice
        >>> list(islice(primes(), 6))
        [2, 3, 5, 7, 11, 13]
    """
    found: list[int] = []
    number = 2
    while True:
        if all(number % prime for prime in found):
            found.append(number)
            yield number
        number += 1


def radical_inverse(index: int, base: int) -> float:
    """Return the digits of a number mirrored behind the point, each turned round in its base.

    Turning the digits other than 0 round (d to base - d) keeps neighbouring large bases from
    moving in step, which the plain sequence does over its first points.

    Args:
        index: Number of the point, 1 or more.
        base: A prime.

    Returns:
        A value above 0 and below 1.

    References:
        Vandewoestyne and Cools, Journal of Computational and Applied Mathematics 189 (2006)
        341-361, the reverse Halton sequence.

    Examples:
        >>> [radical_inverse(index, 2) for index in (1, 2, 3, 4)]
        [0.5, 0.25, 0.75, 0.125]
        >>> [round(radical_inverse(index, 3), 4) for index in (1, 2, 3)]
        [0.6667, 0.3333, 0.2222]
    """
    value, weight = 0.0, 1.0 / base
    while index > 0:
        index, digit = divmod(index, base)
        value += (base - digit if digit else 0) * weight
        weight /= base
    return value


def halton_points(count: int, dimensions: int) -> Iterator[tuple[float, ...]]:
    """Yield the first points of the sequence in the unit cube; the origin is left out.

    Args:
        count: Number of points.
        dimensions: Number of coordinates.
    """
    bases = [base for base, _ in zip(primes(), range(dimensions), strict=False)]
    for index in range(1, count + 1):
        yield tuple(radical_inverse(index, base) for base in bases)
