"""Published criticality indices, for comparison only: no score of ours reads them.

Each is the formula that its publisher prints. They are national, slow and give nearly the same
number to all heavy rare earths, so they cannot answer what a notice does to one product; a score
that contradicts all of them still deserves a second look.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import InvalidNumberError, InvalidSharesError

#: A raw material is critical for the EU from these values on (both must be reached).
EU_SUPPLY_RISK_THRESHOLD = 1.0
EU_IMPORTANCE_THRESHOLD = 2.8

#: Ends of the World Bank's governance estimates; -2.5 is the weakest government.
_ESTIMATE_LIMIT = 2.5

#: Printed shares may be rounded to whole per cent, a dozen at a time.
_SHARE_SUM_TOLERANCE = 0.05

#: The EU scales its importance so that the largest sector counts as ten.
_EU_IMPORTANCE_SCALE = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EuSupplyRiskInputs:
    """Inputs of the EU supply risk at one stage (extraction or processing).

    Attributes:
        hhi_global: Weighted concentration of world supply, 0-15 or so, or None where the
            assessment used EU sourcing alone.
        hhi_eu: Weighted concentration of EU sourcing, or None where EU data are poor.
        import_reliance: Net imports over consumption [1]; at or below 0 the EU exports.
        recycling_input_rate: Share of demand that old scrap meets [1], 0-1.
        substitution_index: 1 no substitute, less where there is one [1], 0-1.
    """

    hhi_global: float | None
    hhi_eu: float | None
    import_reliance: float
    recycling_input_rate: float
    substitution_index: float


def eu_governance_risk(mean_estimate: float) -> float:
    """Return the governance risk on the EU's scale, 0 good to 10 bad.

    Args:
        mean_estimate: Mean of the World Bank estimates of a country, -2.5 to 2.5.

    Raises:
        InvalidNumberError: The estimate lies outside its scale.

    References:
        docs/methodology.md, "Reference indices".

    Examples:
        >>> eu_governance_risk(2.5), eu_governance_risk(-2.5)
        (0.0, 10.0)
    """
    _require(-_ESTIMATE_LIMIT <= mean_estimate <= _ESTIMATE_LIMIT, "estimate", mean_estimate)
    return (_ESTIMATE_LIMIT - mean_estimate) * 2


def eu_weighted_concentration(
    shares: Mapping[str, float],
    governance_risk: Mapping[str, float],
    trade_parameter: Mapping[str, float] | None = None,
) -> float:
    """Return the Herfindahl-Hirschman index weighted with governance risk and trade barriers.

    Args:
        shares: Share of supply by country code [1]; they sum to 1 within printed rounding.
        governance_risk: Risk of each of these countries, 0-10.
        trade_parameter: Trade parameter by country [1]: 0.8 within the EU or under a trade
            agreement, 1 without restriction, 1.1-1.5 with one. A missing country counts as 1.

    Raises:
        InvalidSharesError: A share is negative, or they do not sum to 1.
        InvalidNumberError: A country has no governance risk.

    References:
        docs/methodology.md, "Reference indices".

    Examples:
        >>> eu_weighted_concentration({"AA": 0.5, "BB": 0.5}, {"AA": 4.0, "BB": 8.0})
        3.0
    """
    _require_shares(shares)
    missing = sorted(shares.keys() - governance_risk.keys())
    if missing:
        raise InvalidNumberError(f"no governance risk is given for {', '.join(missing)}")
    trade = trade_parameter or {}
    return math.fsum(
        share**2 * governance_risk[country] * trade.get(country, 1.0)
        for country, share in sorted(shares.items())
    )


def eu_supply_risk(inputs: EuSupplyRiskInputs) -> float:
    """Return the EU supply risk of a raw material at one stage; critical from 1.0 on.

    Where EU data are poor world supply counts alone, and where the EU does not import on balance
    its own sourcing counts alone.

    Raises:
        InvalidNumberError: An input lies outside its range, or the index that is needed is
            missing.

    References:
        docs/methodology.md, "Reference indices"; source key eu_crm2017.

    Examples:
        >>> round(eu_supply_risk(EuSupplyRiskInputs(
        ...     hhi_global=9.2, hhi_eu=1.8, import_reliance=1.0,
        ...     recycling_input_rate=0.38, substitution_index=1.0)), 2)
        3.41
    """
    reliance = inputs.import_reliance
    _require(reliance <= 1, "import reliance", reliance)
    _require(0 <= inputs.recycling_input_rate <= 1, "recycling rate", inputs.recycling_input_rate)
    _require(0 <= inputs.substitution_index <= 1, "substitution index", inputs.substitution_index)
    return _eu_concentration(inputs) * (1 - inputs.recycling_input_rate) * inputs.substitution_index


def _eu_concentration(inputs: EuSupplyRiskInputs) -> float:
    """Return the blend of world supply and EU sourcing that the import reliance gives."""
    world, own = inputs.hhi_global, inputs.hhi_eu
    if inputs.import_reliance <= 0:
        if own is None:
            raise InvalidNumberError("without net imports the index of EU sourcing is needed")
        return own
    if world is None:
        raise InvalidNumberError("with net imports the index of world supply is needed")
    if own is None:
        return world
    half = inputs.import_reliance / 2
    return world * half + own * (1 - half)


def eu_import_reliance(*, imports: float, exports: float, production: float) -> float:
    """Return net imports over apparent consumption [1]; at or below 0 for a net exporter.

    Args:
        imports: Imports in any unit of mass.
        exports: Exports in the same unit.
        production: Domestic production in the same unit.

    Raises:
        InvalidNumberError: A quantity is negative, or nothing is consumed.

    References:
        docs/methodology.md, "Reference indices".

    Examples:
        >>> eu_import_reliance(imports=8.0, exports=2.0, production=4.0)
        0.6
    """
    for name, quantity in (("imports", imports), ("exports", exports), ("production", production)):
        _require(quantity >= 0, name, quantity)
    consumption = production + imports - exports
    _require(consumption > 0, "apparent consumption", consumption)
    return (imports - exports) / consumption


def eu_economic_importance(
    use_shares: Mapping[str, float],
    value_added: Mapping[str, float],
    substitution_index: float,
) -> float:
    """Return the EU economic importance of a raw material, 0-10; critical from 2.8 on.

    Args:
        use_shares: Share of EU use of the material by sector [1]; at most 1 in total.
        value_added: Gross value added of every sector of the classification, any currency; the
            largest one sets the scale.
        substitution_index: 1 no substitute, less where there is one [1], 0-1.

    Raises:
        InvalidSharesError: A share is negative, or they sum to more than 1.
        InvalidNumberError: A sector has no value added, or none is positive.

    References:
        docs/methodology.md, "Reference indices".

    Examples:
        >>> eu_economic_importance({"C29": 0.5}, {"C29": 80.0, "C28": 100.0}, 1.0)
        4.0
    """
    if min(use_shares.values(), default=0.0) < 0 or math.fsum(use_shares.values()) > 1 + 1e-9:
        raise InvalidSharesError("shares of use must be non-negative and at most 1 in total")
    missing = sorted(use_shares.keys() - value_added.keys())
    if missing:
        raise InvalidNumberError(f"no value added is given for {', '.join(missing)}")
    largest = max(value_added.values(), default=0.0)
    _require(largest > 0, "largest value added", largest)
    _require(0 <= substitution_index <= 1, "substitution index", substitution_index)
    used = math.fsum(share * value_added[sector] for sector, share in sorted(use_shares.items()))
    return used * _EU_IMPORTANCE_SCALE / largest * substitution_index


def geopolitical_supply_risk(
    *,
    world_production: Mapping[str, float],
    imports: Mapping[str, float],
    political_stability: Mapping[str, float],
    domestic_production: float,
    own_region: frozenset[str] = frozenset(),
) -> float:
    """Return the GeoPolRisk score of an importing country, 0-1.

    Args:
        world_production: World production by country, any unit.
        imports: Imports by country of origin, any unit of mass.
        political_stability: World Bank estimate of political stability of each origin.
        domestic_production: Production of the importer, in the unit of the imports.
        own_region: Origins within the importer's own region; they count as without risk.

    Raises:
        InvalidNumberError: A quantity is negative, nothing is produced or used, or an origin has
            no estimate.

    References:
        docs/methodology.md, "Reference indices".

    Examples:
        >>> geopolitical_supply_risk(
        ...     world_production={"AA": 1.0}, imports={"AA": 3.0},
        ...     political_stability={"AA": 0.0}, domestic_production=1.0)
        0.375
    """
    for name, quantities in (("production", world_production), ("imports", imports)):
        _require(min(quantities.values(), default=0.0) >= 0, name, "negative")
    _require(domestic_production >= 0, "domestic production", domestic_production)
    produced = math.fsum(world_production.values())
    used = domestic_production + math.fsum(imports.values())
    _require(produced > 0, "world production", produced)
    _require(used > 0, "imports and domestic production", used)
    risky = {origin: amount for origin, amount in imports.items() if origin not in own_region}
    missing = sorted(risky.keys() - political_stability.keys())
    if missing:
        raise InvalidNumberError(f"no political stability is given for {', '.join(missing)}")
    concentration = math.fsum(
        (amount / produced) ** 2 for _, amount in sorted(world_production.items())
    )
    exposed = math.fsum(
        amount * (_ESTIMATE_LIMIT - political_stability[origin]) / (2 * _ESTIMATE_LIMIT)
        for origin, amount in sorted(risky.items())
    )
    return concentration * exposed / used


def usgs_2020_supply_risk(
    *, disruption_potential: float, trade_exposure: float, economic_vulnerability: float
) -> float:
    """Return the supply risk of the U.S. Geological Survey of 2020, 0-1.

    Args:
        disruption_potential: How likely foreign supply fails [1], 0-1.
        trade_exposure: How far the country depends on imports [1], 0-1.
        economic_vulnerability: How badly its industry bears a loss [1], 0-1.

    Raises:
        InvalidNumberError: An indicator lies outside 0-1.

    References:
        docs/methodology.md, "Reference indices".

    Examples:
        >>> usgs_2020_supply_risk(
        ...     disruption_potential=1.0, trade_exposure=1.0, economic_vulnerability=0.0)
        0.0
    """
    return _geometric_mean(disruption_potential, trade_exposure, economic_vulnerability)


def nstc_screening(
    *, supply_risk: float, production_growth: float, market_dynamics: float
) -> float:
    """Return the criticality potential of the U.S. screening tool (NSTC), 0-1.

    Args:
        supply_risk: Governance-weighted concentration of production [1], 0-1.
        production_growth: Growth of production, normalised [1], 0-1.
        market_dynamics: Volatility of prices, normalised [1], 0-1.

    Raises:
        InvalidNumberError: An indicator lies outside 0-1.

    References:
        docs/methodology.md, "Reference indices".

    Examples:
        >>> nstc_screening(supply_risk=1.0, production_growth=1.0, market_dynamics=1.0)
        1.0
    """
    return _geometric_mean(supply_risk, production_growth, market_dynamics)


def _geometric_mean(*indicators: float) -> float:
    """Return the geometric mean of indicators that lie in 0-1 each."""
    for indicator in indicators:
        _require(0 <= indicator <= 1, "indicator", indicator)
    return math.prod(indicators) ** (1 / len(indicators))


def _require_shares(shares: Mapping[str, float]) -> None:
    """Refuse shares that are negative or do not sum to 1 within printed rounding."""
    total = math.fsum(shares.values())
    if min(shares.values(), default=-1.0) < 0 or abs(total - 1) > _SHARE_SUM_TOLERANCE:
        raise InvalidSharesError(
            f"shares must be non-negative and sum to 1, but sum to {total:.4f}"
        )


def _require(condition: bool, name: str, value: object) -> None:
    """Refuse a value that lies outside its range."""
    if not condition:
        raise InvalidNumberError(f"{name} lies outside its range: {value}")
