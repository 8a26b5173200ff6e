"""Reports as people get them: the examples that ship, in every language and form."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from app.api.examples import example_text
from app.api.helpful_actions import helpful_actions
from app.api.reports import report_subject
from app.api.requests import bom_from, context_from, read_assessment_request
from app.batch.pipeline import Engine, assess_bom, build_engine
from app.domain.answer import AssessedBom
from app.refdata.load import load_reference_data
from app.report.subject import HelpfulAction, ReportSubject
from tests.api.conftest import TODAY

#: Assessment of an example, by its name and the language of names.
Assessed = Callable[[str, str], AssessedBom]
#: What would help an example.
Actions = Callable[[str], tuple[HelpfulAction, ...]]
#: What a report is about, by the name of the example and the language.
Subject = Callable[[str, str], ReportSubject]


@pytest.fixture(scope="session")
def engine() -> Engine:
    return build_engine(load_reference_data())


@pytest.fixture(scope="session")
def assessed(engine: Engine) -> Assessed:
    @cache
    def one(name: str, language: str) -> AssessedBom:
        request = read_assessment_request(
            example_text(name).encode(), engine.vocabulary, most_lines=100
        )
        asked = request.model_copy(update={"language": language})
        context = context_from(asked, today_utc=TODAY, default_destination=None)
        return assess_bom(bom_from(request.bom, engine.vocabulary), engine, context)

    return one


@pytest.fixture(scope="session")
def actions(engine: Engine, assessed: Assessed) -> Actions:
    """Return more actions than a report shows; their sentences come in English."""

    @cache
    def one(name: str) -> tuple[HelpfulAction, ...]:
        return helpful_actions(assessed(name, "en"), engine, most=20)

    return one


@pytest.fixture(scope="session")
def subject(engine: Engine, assessed: Assessed, actions: Actions) -> Subject:
    def one(name: str, language: str) -> ReportSubject:
        product = assessed(name, language)
        return report_subject(product, engine.reference, actions=actions(name))

    return one
