"""The composition root: settings, reference data, routes and layers make one application."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app import __version__
from app.api.clock import now_utc
from app.api.data_watch import DataState, DataWatch, first_data, watched
from app.api.documentation import SUMMARY, TITLE, openapi_document, operation_id
from app.api.drain import draining_on_signal
from app.api.layers import add_layers
from app.api.logs import log_to_stderr
from app.api.metrics import forget_dead_processes
from app.api.problems import add_handlers
from app.api.routes import (
    assessments,
    catalogue,
    controls,
    descriptions,
    elements,
    end_users,
    identify,
    law,
    mitigations,
    operation,
    pages,
    reference,
    scenarios,
    sectors,
    template,
)
from app.api.service import Service
from app.batch.pipeline import Engine, build_engine
from app.errors import ProcurementRiskError
from app.refdata.place import load_place
from app.settings import Settings

#: Reference data live as long as the process; the collector need not look at them again.
#: Measured: less time per request, no extra memory.
_GC_THRESHOLDS = (50_000, 20, 50)

#: A supervisor of processes stops at this exit code instead of starting the process again.
_CANNOT_START = 3

_RESOURCES = (
    assessments,
    catalogue,
    template,
    scenarios,
    mitigations,
    identify,
    elements,
    sectors,
    law,  # its calendar goes before the id of a measure
    controls,
    end_users,
    reference,
    operation,
    pages,
    descriptions,
)


@asynccontextmanager
async def _settled(app: FastAPI) -> AsyncIterator[None]:
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)
    gc.enable()
    watch: DataWatch | None = getattr(app.state, "watch", None)
    if watch is not None:
        watch.start()
    with draining_on_signal(app):
        yield
    if watch is not None:
        watch.stop()
    gc.unfreeze()


def build_app() -> FastAPI:
    """Return the application with its routes, without data; enough for its documentation."""
    app = FastAPI(
        title=TITLE,
        summary=SUMMARY,
        version=__version__,
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        generate_unique_id_function=operation_id,
        redirect_slashes=False,
        lifespan=_settled,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    for resource in _RESOURCES:
        app.include_router(resource.router)
    add_handlers(app)
    app.openapi = lambda: openapi_document(app)  # type: ignore[method-assign] # FastAPI's own hook
    return app


def load_engine(settings: Settings) -> Engine:
    """Return the engine over the reference data that the settings name, read and checked.

    Raises:
        ReferenceDataError: The reference data are broken.
    """
    return build_engine(load_place(settings.data, settings.data_key))


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> FastAPI:
    """Return the application ready to serve; `uvicorn --factory app.main:create_app` works too.

    Args:
        settings: How to run; None reads the environment.
        engine: Engine over loaded reference data; None loads them.

    Raises:
        SettingsError: A setting cannot be used.
        ReferenceDataError: The reference data are broken; nothing is served.
    """
    settings = settings or Settings.from_environment(os.environ)
    settings.refuse_an_open_door()
    logging.getLogger("lodestone").setLevel(settings.log_level.upper())
    state = DataState(origin="package", loaded_at=now_utc())
    if engine is None:
        reference, state = first_data(settings)
        engine = build_engine(reference)
    app = build_app()
    add_layers(app, settings)
    app.state.draining = False
    app.state.service = Service(settings=settings, engine=engine)
    app.state.data = state
    if watched(settings):
        app.state.watch = DataWatch(app, settings)
    return app


def create_served_app() -> FastAPI:
    """Return the application for one of several processes of `lodestone serve`.

    What cannot be mended by a new start ends the process with the code that tells so.
    """
    forget_dead_processes()
    settings = Settings.from_environment(os.environ)
    log_to_stderr(settings)
    try:
        return create_app(settings)
    except ProcurementRiskError as error:
        logging.getLogger("lodestone").log(logging.ERROR, "event=not_started detail=%s", error)
        sys.exit(_CANNOT_START)
