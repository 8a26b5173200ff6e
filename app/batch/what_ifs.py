"""What-ifs and actions about one product, over the evaluations that the service keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.batch.pipeline import Engine
from app.domain.bom import Bom
from app.domain.context import AssessmentContext
from app.domain.exposure import IdentifiedLine
from app.scoring.patches import Inputs
from app.scoring.scenarios import Scenarios
from app.scoring.workbench import Workbench


def inputs_of(
    bom: Bom,
    identified: tuple[IdentifiedLine, ...],
    engine: Engine,
    context: AssessmentContext,
) -> Inputs:
    """Return everything that an assessment of a product is computed from."""
    return Inputs(bom=bom, identified=identified, reference=engine.reference, context=context)


@contextmanager
def scenarios_about(inputs: Inputs, engine: Engine, *, sectors: bool = True) -> Iterator[Scenarios]:
    """Lend what-ifs about a product; nobody else uses its evaluation meanwhile."""
    with engine.evaluations.of(inputs.context) as evaluation:
        yield Scenarios(inputs, evaluation, sectors=sectors)


@contextmanager
def workbench_of(inputs: Inputs, engine: Engine) -> Iterator[Workbench]:
    """Lend a workbench for a product; nobody else uses its evaluation meanwhile."""
    with engine.evaluations.of(inputs.context) as evaluation:
        yield Workbench(inputs, evaluation)
