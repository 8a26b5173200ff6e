"""An invented world so plain that its scores can be worked out on paper.

Oxide of every element is separated in CN (80 %) and in MY (20 %), governance is perfect, so nothing
new is restricted; the market (kappa), the largest mine (alpha) and single suppliers (o_max) weigh
nothing; delays do not spread and buyers of raw forms adapt to nothing. The buyer is in JP. What is
left of the method is the kernel: r is the stock-out share of the measures on the way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.bom import Bom, BomLine
from app.domain.context import AssessmentContext
from app.domain.controls import ControlMeasure, RegisterStage
from app.domain.exposure import IdentifiedLine
from app.domain.materials import (
    Component,
    GradeRule,
    IdentificationReference,
    Material,
)
from app.domain.methodology import Methodology
from app.domain.mitigation import (
    Affiliation,
    Alternative,
    AlternativeKind,
    KnownSupplier,
    Maturity,
    MitigationFact,
    MitigationReference,
    ProcurementMeasure,
    SiteState,
    SourcingLaw,
    SupplierSite,
)
from app.domain.observations import Observation
from app.domain.reference import ReferenceData
from app.domain.sectors import Sector
from app.domain.supply import Chain, MixRow, Stage
from app.domain.triple import ONE, Triple
from app.domain.vocabulary import Topic
from app.scoring.evaluation import Evaluation
from app.scoring.patches import Inputs
from app.scoring.workbench import Workbench
from tests import factories as make

S = Stage
R = RegisterStage

CHAINS: Mapping[str, Chain] = {
    "oxide": Chain(form="oxide", stages=(S.SEPARATION,), register_stages=((R.OXIDE,),)),
    "magnet": Chain(
        form="magnet",
        stages=(S.SEPARATION, S.METAL, S.MAGNET),
        register_stages=((R.OXIDE,), (R.METAL, R.ALLOY), (R.MAGNET,)),
    ),
    "device_magnet": Chain(
        form="device_magnet",
        stages=(S.SEPARATION, S.METAL, S.MAGNET, S.DEVICE),
        register_stages=((R.OXIDE,), (R.METAL, R.ALLOY), (R.MAGNET,), ()),
    ),
    "salt": Chain(
        form="salt",
        stages=(S.MINING, S.SEPARATION),
        register_stages=((R.ORE, R.CONCENTRATE), (R.OXIDE,)),
    ),
}

WORLD: tuple[MixRow, ...] = (
    make.mix_row(S.MINING, {"CN": 0.7, "MM": 0.2, "AU": 0.1}),
    make.mix_row(S.SEPARATION, {"CN": 0.8, "MY": 0.2}),
    make.mix_row(S.METAL, {"CN": 0.9, "JP": 0.1}),
    make.mix_row(S.MAGNET, {"CN": 0.8, "JP": 0.2}),
    make.mix_row(S.DEVICE, {"CN": 0.5, "JP": 0.5}),
)

#: Plants use oxide and metal of their own country where it makes any.
FEED: tuple[MixRow, ...] = (
    make.mix_row(S.SEPARATION, {"CN": 0.5, "MM": 0.5}, place="CN"),
    make.mix_row(S.SEPARATION, {"AU": 1.0}, place="MY"),
    make.mix_row(S.METAL, {"CN": 1.0}, place="CN"),
    make.mix_row(S.METAL, {"MY": 1.0}, place="JP"),
    make.mix_row(S.MAGNET, {"CN": 1.0}, place="CN"),
    make.mix_row(S.MAGNET, {"CN": 0.6, "JP": 0.4}, place="JP"),
)

NO_GOVERNANCE = dict.fromkeys(("CN", "MY", "JP", "AU", "MM", "VN", "US"), 0.0)


def plain_methodology(**changes: object) -> Methodology:
    """Return the shipped method without market, mine, supplier, spread or adaptation."""
    nothing = Triple.exactly(0.0)
    plain: dict[str, object] = {
        "kappa": nothing,
        "alpha": nothing,
        "o_max": nothing,
        "lambda0": nothing,
        "delay_multiplier": ONE,
        "adaptation_raw": (0.0, 0.0, 0.0),
        "adaptation_worked": (0.0, 0.0, 0.0),
    }
    return make.with_parameters(make.shipped_methodology(), **{**plain, **changes})


def plain_reference(
    *measures: ControlMeasure,
    observations: Sequence[Observation] = (),
    methodology: Methodology | None = None,
    sectors: Sequence[Sector] = (),
    world: Sequence[MixRow] = WORLD,
    feed: Sequence[MixRow] = FEED,
    mitigation: MitigationReference | None = None,
    identification: IdentificationReference | None = None,
) -> ReferenceData:
    """Return the plain world around some measures."""
    found = make.reference(
        *measures,
        supply_side=make.supply(
            world=world,
            feed=feed,
            governance=NO_GOVERNANCE,
            importers={"JP": 1.0},
            chains=CHAINS,
        ),
        observations=observations,
        methodology=methodology or plain_methodology(),
        sectors=sectors,
    )
    return replace(
        found,
        mitigation=mitigation or facts(),
        identification=identification or known_materials(),
    )


def duty(measure_id: str = "CN-1", *, age: int = 400, **changes: Any) -> ControlMeasure:
    """Return a Chinese licence duty on everything, in force for some days."""
    timeline = changes.pop("timeline", None) or make.in_force_for(age)
    return make.measure(measure_id, exporter="CN", timeline=timeline, **changes)


def question(**changes: Any) -> AssessmentContext:
    """Return a civil question to JP on the usual day."""
    return make.context(**{"destination": "JP", **changes})


def oxide_line(line_id: str = "1", country: str | None = "CN", **changes: Any) -> BomLine:
    """Return a line of oxide from one country."""
    suppliers = None if country is None else {country: 1.0}
    return make.line(line_id, suppliers=suppliers, **changes)


def dysprosium(line_id: str = "1", *, form: str = "oxide") -> IdentifiedLine:
    """Return a line that surely holds 1 kg of dysprosium."""
    return make.found(line_id, make.content("Dy"), forms=(form,))


def inputs_of(
    reference: ReferenceData,
    rows: Sequence[tuple[BomLine, IdentifiedLine]] = (),
    *,
    context: AssessmentContext | None = None,
    **changes: object,
) -> Inputs:
    """Return a question about some lines; by default one line of Chinese dysprosium oxide."""
    used = rows or [(oxide_line(), dysprosium())]
    product = Bom(id="P", lines=tuple(line for line, _ in used))
    return Inputs(
        bom=replace(product, **changes),  # type: ignore[arg-type]  # fields of a product
        identified=tuple(found for _, found in used),
        reference=reference,
        context=context or question(),
    )


def bench_of(inputs: Inputs) -> Workbench:
    """Return a workbench with an evaluation of its own."""
    return Workbench(inputs, Evaluation(inputs.reference, inputs.context))


# ------------------------------------------------------------------------- facts on ways out


def plant(
    name: str,
    country: str,
    *stages: str,
    state: SiteState = SiteState.OPERATING,
    elements: Sequence[str] = ("Dy", "Nd", "Pr", "Tb"),
    pending: Sequence[str] = (),
    affiliation: Affiliation = Affiliation.NON_CHINA,
    site_stages: Sequence[str] = (),
) -> KnownSupplier:
    """Return a company with one plant."""
    site = SupplierSite(
        country=country, place="", state=state, capacity="Not read", stages=tuple(site_stages)
    )
    return KnownSupplier(
        id=name,
        name=name,
        headquarters=country,
        affiliation=affiliation,
        stages=stages,
        elements=tuple(elements),
        not_yet_commercial=tuple(pending),
        sites=(site,),
        aliases=(),
        provenance=make.SURE,
    )


def advice(measure_id: str, weeks: tuple[float, float, float] = (4, 13, 26)) -> ProcurementMeasure:
    """Return something that purchasing can do."""
    return ProcurementMeasure(
        id=measure_id,
        name=f"Do {measure_id}",
        lever="delay",
        use_when="it helps",
        lead_time_weeks=Triple(*weeks),
        text="Mind the details",
        provenance=make.SURE,
    )


def fact(fact_id: str, **values: tuple[float, ...]) -> MitigationFact:
    """Return a fact with figures."""
    return MitigationFact(
        id=fact_id, region=None, text=fact_id, values=values, provenance=make.SURE
    )


def alternative(alternative_id: str = "other_design", **changes: object) -> Alternative:
    """Return a design without Dy and Tb for parts made of the magnet `hot_magnet`."""
    found = Alternative(
        id=alternative_id,
        name="Another magnet",
        kind=AlternativeKind.MATERIAL,
        applications=("traction",),
        removes={"Dy": 1.0, "Tb": 1.0},
        keeps=(),
        adds=(),
        maturity=Maturity.SERIES,
        effect="It works",
        trade_off="It costs",
        lead_time_months=Triple(6, 9, 18),
        components=(),
        materials=("hot_magnet",),
        sectors=(),
        provenance=make.SURE,
    )
    return replace(found, **changes)  # type: ignore[arg-type]  # fields of an alternative


ALL_ADVICE = tuple(
    advice(name)
    for name in (
        "safety_stock", "vendor_stock", "licence_file", "toll_recycling", "grade_down",
        "buy_assembly", "second_source",
    )
)  # fmt: skip

PLANTS = (
    plant("Kuala Oxides", "MY", "separation_heavy"),
    plant("Kobe Metals", "JP", "metal", "alloy"),
    plant("Osaka Magnets", "JP", "magnet_ndfeb"),
    plant("Scrap and Sons", "JP", "recycling"),
)

LAW = SourcingLaw(
    id="no-such-origin", region="US", text="No magnets from there", provenance=make.SURE
)


def facts(
    *alternatives: Alternative,
    plants: Sequence[KnownSupplier] = PLANTS,
    measures: Sequence[ProcurementMeasure] = ALL_ADVICE,
    stocks: Sequence[MitigationFact] | None = None,
    recycling: Sequence[MitigationFact] | None = None,
) -> MitigationReference:
    """Return facts on ways out."""
    benchmark = fact("crma_benchmark", single_country_max=(0.65,), recycling=(0.25,))
    usual = fact("company", months=(0.5, 1.5, 3.0))
    most = fact("state", target_days_high_risk_max=(150.0,))
    return MitigationReference(
        alternatives={one.id: one for one in alternatives},
        suppliers={one.id: one for one in plants},
        recycling=tuple((benchmark,) if recycling is None else recycling),
        stocks=tuple((usual, most) if stocks is None else stocks),
        sourcing_law=(LAW,),
        procurement_measures=tuple(measures),
        capacity=fact("capacity"),
        shortage=fact("shortage"),
    )


def material(
    material_id: str = "hot_magnet",
    *,
    fractions: Mapping[str, Triple] | None = None,
    form: str | None = "magnet",
    grade_suffix: str | None = "SH",
    family: str = "ndfeb",
) -> Material:
    """Return a magnet with Nd and Dy."""
    used = (
        {"Nd": Triple.exactly(0.3), "Dy": Triple.exactly(0.03)} if fractions is None else fractions
    )
    return Material(
        id=material_id,
        name=material_id,
        family=family,
        form=form,
        fractions=used,
        total=ONE,
        names=(),
        provenance=make.SURE,
        grade_suffix=grade_suffix,
    )


def component(component_id: str, material_id: str | None) -> Component:
    """Return a part that holds some of a material."""
    return Component(
        id=component_id,
        name=component_id,
        unit="piece",
        form="device_magnet",
        topic=Topic.MOTOR,
        masses_kg={},
        names=(),
        provenance=make.SURE,
        material=material_id,
    )


def known_materials(
    *materials: Material, components: Sequence[Component] = ()
) -> IdentificationReference:
    """Return what is known of materials; nothing else is."""
    rule = GradeRule(
        energy_products=(28, 55),
        materials={},
        temperatures_c={},
        ferrite_prefixes=(),
        smco_examples=(),
        process_words={},
        provenance=make.SURE,
    )
    used = materials or (material(),)
    return IdentificationReference(
        materials={one.id: one for one in used},
        components={one.id: one for one in components},
        part_classes={},
        rare_earth_free_parts=(),
        substances={},
        hs_hints=(),
        classifications=(),
        generic_terms=(),
        element_names={},
        grade_rule=rule,
        family_hints={},
        topic_hints={},
        host_crystals={},
        form_words={},
        refinements=(),
        default_materials={},
        words={},
        product_declarations=(),
        evidence_confidence={},
        precision_probability={},
        magnet_yield=ONE,
    )


TODAY: date = make.TODAY
