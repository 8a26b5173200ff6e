"""The method as an answer: formulas with the words of the functions that compute them."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterator, Mapping

from app.api.answers.figures import certain_interval
from app.api.schemas.reference import Delays, Factor, MethodologyAnswer, Parameter
from app.api.versions import versions_from
from app.domain.methodology import Methodology
from app.domain.reference import ReferenceData
from app.domain.rounding import largest_remainder
from app.domain.triple import Triple
from app.scoring.aggregation import pooled
from app.scoring.concentration import herfindahl_hirschman_index
from app.scoring.kernel import stockout_share, strictest_active
from app.scoring.line_risk import LineEvaluator, sourced_severity, split_risk
from app.scoring.market import Market, single_supplier_risk
from app.scoring.path import PathEvaluator
from app.scoring.scale import score_of
from app.scoring.sector_results import sector_results
from app.scoring.sigma import structural_activation

_FACTORS: tuple[tuple[str, str, Callable[..., object]], ...] = (
    ("score", "R = 100 r^gamma", score_of),
    ("element_in_line", "r = 1 - (1 - S)(1 - M)(1 - O)", LineEvaluator.risk),
    ("sourcing", "S = sum of share x path severity", sourced_severity),
    ("path", "S(k, s->r) = 1 - (1 - sigma(k, s->r))(1 - U(k, s))", PathEvaluator.severity),
    ("crossing", "sigma = sum of z_i p_i prod_{j<i} (1 - p_j), z descending", strictest_active),
    ("measure", "z = [q (G(T') - G(u)) + (1 - q) sum w_j (G(min(a + D_j, T')) - G(u))] / T",
     stockout_share),
    ("structural", "p = 1 - exp(-lambda T / 365), lambda = lambda0 (1 + mu min(N, cap)) g W",
     structural_activation),
    ("market", "M = kappa (1 - (1 - M0)(1 - alpha b)) iota", Market.scarcity),
    ("single_supplier", "O = o_max HHI_suppliers iota", single_supplier_risk),
    ("product", "r = beta max + (1 - beta) weighted mean", pooled),
    ("sector", "w = psi x + (1 - psi) level^2 / sum level^2", sector_results),
    ("concentration", "HHI = sum of share^2", herfindahl_hirschman_index),
    ("explanation", "share_i = ln(1 - x_i) / sum ln(1 - x)", split_risk),
    ("rounding", "largest remainder", largest_remainder),
)  # fmt: skip


def methodology_answer(reference: ReferenceData) -> MethodologyAnswer:
    """Return factors, parameters, severities and bands."""
    methodology = reference.methodology
    return {
        **versions_from(reference),
        "bands": [{"name": band.name, "from_score": band.from_score} for band in methodology.bands],
        "factors": [_factor(name, formula, of) for name, formula, of in _FACTORS],
        "parameters": list(_parameters(methodology)),
        "severities": [
            {
                "kind": kind.value,
                "refusal": certain_interval(severity.refusal),
                "established": _delays(severity.established),
                "initial": _delays(severity.initial) if severity.initial else None,
            }
            for kind, severity in methodology.severities.items()
        ],
        "kinds": [
            {
                "type": rule.type.value,
                "control_basis": rule.control_basis.value if rule.control_basis else None,
                "kind": rule.kind.value,
                "counts_as_restriction": rule.counts_as_restriction,
            }
            for rule in methodology.kind_rules
        ],
        "outcomes": {
            outcome.value: kind.value if kind else None
            for outcome, kind in methodology.outcome_kinds.items()
        },
        "end_uses": [
            {
                "measure_end_use": row.measure_end_use,
                "line_end_use": row.line_end_use,
                "sectors": sorted(row.sectors),
                "low": row.match[0],
                "value": row.match[1],
                "high": row.match[2],
            }
            for row in methodology.end_use_matches
        ],
        "timing": {
            field.name: getattr(methodology.timing, field.name)
            for field in dataclasses.fields(methodology.timing)
            if field.name != "horizons"
        },
        "horizons": list(methodology.timing.horizons),
    }


def _factor(name: str, formula: str, of: Callable[..., object]) -> Factor:
    return {"factor": name, "formula": formula, "text": _description(of)}


def _description(of: Callable[..., object]) -> str:
    """Return what a docstring says before its sections."""
    lines: list[str] = []
    for line in (inspect.getdoc(of) or "").splitlines():
        if line.rstrip() in {"Args:", "Returns:", "Raises:", "References:", "Examples:"}:
            break
        lines.append(line.strip())
    return " ".join(" ".join(lines).split())


def _parameters(methodology: Methodology) -> Iterator[Parameter]:
    notes = {note.name: note for note in methodology.notes}
    for field in dataclasses.fields(methodology.parameters):
        value = getattr(methodology.parameters, field.name)
        note = notes.get(field.name)
        rows = (
            {f"{field.name}.{key}": entry for key, entry in value.items()}
            if isinstance(value, Mapping)
            else {field.name: value}
        )
        for name, entry in rows.items():
            low, nominal, high = _ends(entry)
            yield {
                "name": name,
                "low": low,
                "value": nominal,
                "high": high,
                "text": note.text if note else "",
                "basis": note.basis if note else "",
            }


def _ends(value: Triple | tuple[float, float, float] | float) -> tuple[float, float, float]:
    if isinstance(value, Triple):
        return value.low, value.nominal, value.high
    return value if isinstance(value, tuple) else (value, value, value)


def _delays(days: tuple[float, float, float]) -> Delays:
    return {"d10": days[0], "d50": days[1], "d90": days[2]}
