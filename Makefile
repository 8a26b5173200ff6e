# Every target sets up what it needs; on a bare machine only make and Python 3.11 or newer are there.

VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
# Processes that run tests side by side.
WORKERS ?= auto

BIN := $(VENV)/bin
PYTEST = $(BIN)/python -m pytest --numprocesses=$(WORKERS) --maxprocesses=4 --dist=worksteal

# Tests that the default run leaves out, because they need more than Python, or time.
ALONE := --override-ini=addopts= --import-mode=importlib -q

# The tests by which every branch of domain and scoring must be covered. Tracing branches costs
# time, so the rest runs without it.
CORE := tests/unit/domain tests/unit/scoring tests/unit/refdata tests/acceptance/test_controls.py \
	tests/acceptance/test_end_user_names.py tests/acceptance/test_goods_made_abroad.py \
	tests/acceptance/test_scenarios.py app/domain app/scoring
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
RUN := $(VENV)/.run-ready
DEV := $(VENV)/.dev-ready
BROWSER := $(VENV)/.browser-ready
DEPLOY := $(VENV)/.deploy-ready
# Of `make fuzz-api`: cases of each operation in a round, the first seed, fewest cases in all.
EXAMPLES ?= 250
SEED ?= 1
CASES ?= 20000
TRYTON := build/tryton/.ready
TOOLS := build/deploy-tools/.ready
GENERATORS := build/generators/.ready

# The lock files were resolved for the oldest supported Python, so that one is asked first.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3 python,$(shell \
	$(name) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& command -v $(name))))

# Nothing from the caller's own Python may leak into the environment that we build.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

.DEFAULT_GOAL := help
.PHONY: help run test test-browser test-clients-generated test-office test-tryton check check-data stale snapshot schemas controls-document openapi validation bench test-deploy test-container pin-base attack chaos leak-test fuzz-api parts-list fuzz format lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
		|| sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 - \2/p' $(MAKEFILE_LIST)

run: $(RUN) ## serve on http://$(HOST):$(PORT) and print a request to try
	@exec $(BIN)/lodestone serve --host $(HOST) --port $(PORT)

test: $(DEV) ## run every test but the benchmarks; every branch of domain and scoring must be covered
	$(PYTEST) $(CORE) --cov=app/domain --cov=app/scoring --cov-report=
	$(BIN)/python -m coverage report --include='app/domain/*,app/scoring/*' --fail-under=100
	$(PYTEST) tests app/identification app/readers $(CORE:%=--ignore=%)

test-browser: $(BROWSER) ## drive the pages in a headless Chromium of the system, with axe-core
	$(BIN)/python -m pytest tests/browser $(ALONE)

test-tryton: $(RUN) $(TRYTON) ## from an empty Tryton 8 to scores written back to its products
	$(BIN)/python -m integrations.tryton.trial build/tryton

test-clients-generated: $(RUN) $(GENERATORS) ## make a client from each of the three documents, score with each
	$(BIN)/python -m integrations.generated_clients.trial build/generators

test-office: $(DEV) ## open the Excel report in a LibreOffice of the system and compare every figure
	$(BIN)/python -m pytest tests/office $(ALONE)

check: $(DEV) ## format, lint, types, import contracts, reference data
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/bandit --quiet -ll --recursive app
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lodestone check-data

check-data: $(RUN) ## check app/data and count its figures, sources and unverified rows
	$(BIN)/lodestone check-data

stale: $(RUN) ## list the records that a person should look at again
	$(BIN)/lodestone stale

snapshot: $(DEV) ## write the scores of the examples; the diff shows which of them moved
	$(BIN)/python -m tests.contract.write_snapshots

schemas: $(RUN) ## write the JSON Schemas of the data files, for editors
	$(BIN)/lodestone schemas

controls-document: $(RUN) ## write docs/controls.md: what is modelled of the law, and what is not
	$(BIN)/lodestone controls document --output docs/controls.md

openapi: $(RUN) ## write the three documents in openapi/: OpenAPI 3.1 and 3.0, Swagger 2.0
	$(BIN)/lodestone openapi --output openapi/openapi.json

validation: $(DEV) ## write docs/validation.md: score tables, back-test, day-to-day jumps
	$(BIN)/python -m tests.validation

bench: $(DEV) ## measure requests, core, catalogue, start; writes build/figures.json, docs/performance.md
	$(BIN)/python -m pytest tests/benchmarks/bench_*.py $(ALONE) -s
	$(BIN)/python -m tests.benchmarks.ratios table

bench-compare: $(DEV) ## measure requests again; fails where a ratio lost 25 per cent
	$(BIN)/python -m pytest tests/benchmarks/bench_hot_path.py $(ALONE) -s
	$(BIN)/python -m tests.benchmarks.ratios compare

bench-accept: $(DEV) ## take the figures that were measured as those to compare with
	$(BIN)/python -m tests.benchmarks.ratios accept
	$(BIN)/python -m tests.benchmarks.sizing

test-clients: $(DEV) ## ask a running service for a catalogue with httpx, requests, aiohttp and curl
	$(BIN)/python -m pytest tests/clients $(ALONE)

test-deploy: $(DEPLOY) $(TOOLS) ## run kustomize, kubernetes-validate, checkov, promtool and others over deploy/
	$(BIN)/python -m pytest tests/deploy/tools_over_files.py -q -rs

test-container: $(RUN) ## build the image with buildah, run it locked down, score against it (root)
	bash tests/container/build_and_try.sh

# Where the digest of the base image is asked for.
BASE ?= docker://docker.io/library/python:3.11-slim-trixie
pin-base: ## write today's digest of the base image into the Dockerfile (needs skopeo and the registry)
	digest=$$(skopeo inspect --no-tags --format '{{.Digest}}' $(BASE)) \
		&& echo "$$digest" | grep -qxE 'sha256:[0-9a-f]{64}' \
		&& sed -i -E "s/^(ARG BASE_IMAGE=.+@)sha256:[0-9a-f]{64}$$/\1$$digest/" Dockerfile
	@grep '^ARG BASE_IMAGE=' Dockerfile

attack: $(DEV) ## slow, huge, deep, deflated and odd requests over real sockets
	$(BIN)/python -m pytest tests/security/attacks.py -q

chaos: $(DEV) ## signals under load, a killed process, lost stores and folders
	$(BIN)/python -m pytest tests/security/chaos.py -q -s

leak-test: $(DEV) ## every request of the suite with planted words; then search what was left
	$(BIN)/python -m pytest tests/security/leaks.py -q -s

fuzz-api: $(DEV) ## schemathesis over every operation with keys on, 20,000 cases; takes an hour
	CASES=$(CASES) $(BIN)/python -m tests.security.fuzz_api $(EXAMPLES) $(SEED)

parts-list: $(DEPLOY) ## write build/sbom.cdx.json, the CycloneDX list of what is shipped
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements --output-reproducible --output-file build/sbom.cdx.json \
		--pyproject pyproject.toml requirements.txt

fuzz: $(DEV) ## upload 20,000 damaged files; takes minutes, and prints what breaks
	$(BIN)/python -m tests.property.fuzz_uploads 20000

format: $(DEV) ## rewrite the Python files in the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# ------------------------------------------------------------------------------------ set-up

$(RUN): requirements.txt requirements-build.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with its venv module is needed and was \
	not found; install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements.txt -r requirements-build.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

$(DEPLOY): requirements-deploy.txt $(DEV)
	$(PIP) install --quiet --require-hashes -r requirements-deploy.txt
	@touch $@

# The accessibility rules are a package of npm; the driver uses the Chromium that is there.
$(BROWSER): requirements-browser.txt $(DEV)
	$(PIP) install --quiet --require-hashes -r requirements-browser.txt
	npm install --silent --no-save --no-audit --no-fund --prefix build/axe axe-core@4
	@touch $@

# Other people's programs have environments of their own.
$(TRYTON): integrations/tryton/requirements.txt
	$(PYTHON) -m venv build/tryton
	build/tryton/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

$(TOOLS): deploy/tools/requirements.txt
	$(PYTHON) -m venv build/deploy-tools
	build/deploy-tools/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

$(GENERATORS): integrations/generated_clients/requirements.txt
	$(PYTHON) -m venv build/generators
	build/generators/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

# ------------------------------------------------------------------------------ lock and clean

COMPILE := CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile --quiet --upgrade \
	--generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links --no-emit-options

lock: ## resolve pyproject.toml into the requirements files, with hashes and without addresses
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet pip-tools
	$(COMPILE) --extra=build,check,mcp,otel,parquet,pdf,redis,test,xls,zstd --output-file=requirements-dev.txt pyproject.toml
	$(COMPILE) --constraint=requirements-dev.txt --extra=redis,xls,zstd \
		--output-file=requirements.txt pyproject.toml
	$(COMPILE) --constraint=requirements-dev.txt --extra=browser \
		--output-file=requirements-browser.txt pyproject.toml
	$(COMPILE) --constraint=requirements-dev.txt --extra=deploy \
		--output-file=requirements-deploy.txt pyproject.toml
	$(COMPILE) --constraint=requirements-dev.txt --only-build-deps --build-deps-for=editable \
		--output-file=requirements-build.txt pyproject.toml
	for folder in deploy/tools integrations/tryton integrations/generated_clients; do \
		$(COMPILE) --output-file=$$folder/requirements.txt $$folder/requirements.in || exit 1; done

clean: ## remove the environment and everything that can be made again
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis \
		htmlcov .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
