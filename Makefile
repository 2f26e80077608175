# All that is done with a checkout. CI and the git hooks call these same targets.
# Needs make, Python 3.11 or newer with venv, and Pango; everything else goes into .venv/.

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input

RUNTIME := $(VENV)/runtime.stamp
DEV := $(VENV)/dev.stamp
PROJECT := pyproject.toml src/handoutkit/__init__.py

PRACTICES := riverbend-counseling shift-your-journey
ROSTER := src/handoutkit/scaffold/workspace/roster.csv
EXTRAS := ./extras/chinese ./extras/han ./extras/japanese ./extras/korean ./extras/scripts
SCHEMAS := handout practice framing packet workspace theme answers
UV := uv==0.13.9
CYCLONEDX := cyclonedx-bom==7.5.0
ATHERIS := atheris==3.0.0

# A Python that was upgraded or removed leaves an environment that no longer runs: it is then made anew.
_ := $(shell [ -x $(BIN)/python ] || rm -f $(RUNTIME) $(DEV))

# Compiled modules are kept, whatever the machine says: each command of a test would compile all of them anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test test-all check lint types format bench fuzz security schemas docs fonts lock sbom dist site hooks clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "%-16s%s\n", $$1, $$2 }'

demo: $(RUNTIME) ## install, and build every handout and packets of two clients under two practices' names
	@$(BIN)/handoutkit doctor
	@for practice in $(PRACTICES); do \
	  $(BIN)/handoutkit build --all --practice $$practice || exit; \
	  $(BIN)/handoutkit batch $(ROSTER) --packet first-weeks --practice $$practice -o output/$$practice/packets || exit; \
	done
	@printf '\nThe PDFs are in:\n'
	@for practice in $(PRACTICES); do echo "  $(CURDIR)/output/$$practice"; done

test: ## install, lint, check types, run the tests but for the long ones
test-all: ## the same with every test: before a release, and at night
test: WHICH := -m "not long"
test test-all: $(DEV)
	@$(BIN)/handoutkit -q doctor
	@$(MAKE) --no-print-directory lint types
	@sh scripts/chromium.sh >/dev/null
	@$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder $(WHICH)

check: test ## what CI runs: make test

lint: $(DEV) ## ruff: rules and formatting
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet

types: $(DEV) ## mypy, strict
	@$(BIN)/mypy --no-error-summary

format: $(DEV) ## let ruff mend what it can
	@$(BIN)/ruff check --fix --quiet
	@$(BIN)/ruff format --quiet

bench: $(DEV) ## how long the commands take (all lines, also when one is above its limit)
	@sh scripts/chromium.sh >/dev/null
	@failed=0; for part in bench bench_packets bench_batch; do \
	  PYTHONPATH=. $(BIN)/python scripts/$$part.py || failed=1; done; exit $$failed

fuzz: $(DEV) ## let atheris at the loaders, for a minute (FUZZ_SECONDS=600 for ten), and try random spacings (SPACINGS=2000)
	@$(PIP) install $(ATHERIS)
	@$(BIN)/python scripts/fuzz.py $(or $(FUZZ_SECONDS),60)
	@$(BIN)/python scripts/try_spacings.py $(or $(SPACINGS),200)

security: $(DEV) ## run every hostile input and every fault, and fill the tables of SECURITY.md
	@PYTHONPATH=. $(BIN)/python scripts/make_security.py

schemas: $(RUNTIME) ## write the JSON Schemas of the content files anew
	@mkdir -p schemas
	@for kind in $(SCHEMAS); do \
		$(BIN)/handoutkit schema $$kind > schemas/.new && mv schemas/.new schemas/$$kind.schema.json || exit; \
	done

docs: $(DEV) ## write the reference of the commands and the pictures of pages anew
	@$(BIN)/python scripts/make_docs.py commands
	@$(BIN)/python scripts/make_docs.py formats
	@$(BIN)/python scripts/make_docs.py columns
	@$(BIN)/python scripts/make_keys.py
	@$(BIN)/python scripts/make_rules.py
	@$(BIN)/python scripts/make_docs.py pictures
	@$(BIN)/python scripts/make_gallery.py
	@PYTHONPATH=. $(BIN)/python scripts/make_preview.py
	@$(BIN)/python scripts/make_sources.py
	@$(BIN)/python scripts/make_themes.py
	@$(BIN)/python scripts/make_theme_recipes.py
	@$(BIN)/python scripts/make_drawings.py
	@PYTHONPATH=. $(BIN)/python scripts/make_sheets.py
	@$(BIN)/python scripts/make_rooms.py

dist: $(DEV) ## build the wheel, the one file that pipx installs on another machine, into dist
	@$(BIN)/python -m build --quiet --wheel --no-isolation --outdir dist . >/dev/null
	@ls dist/*.whl

site: $(DEV) ## write the docs and a shelf of all handouts as pages to look at, into build/site
	@PYTHONPATH=. $(BIN)/python scripts/make_site.py

fonts: $(DEV) ## make the fonts anew, those of the extras too; needs npm and Debian's apt-get
	@command -v npm >/dev/null || { echo "npm is missing; it comes with Node.js." >&2; exit 3; }
	@command -v apt-get >/dev/null || { echo "apt-get is missing; take a machine with Debian." >&2; exit 3; }
	@npm install --prefix build/fonts --no-save --ignore-scripts --no-audit --no-fund --silent \
		$$($(BIN)/python -m scripts.font_faces npm)
	@cd build/fonts && apt-get download $$($(CURDIR)/$(BIN)/python -m scripts.font_faces debian)
	@$(BIN)/python -m scripts.make_fonts build/fonts

LOCK = $(VENV)/lock/bin/uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(LOCK_FLAGS) pyproject.toml --group install

lock: $(BIN)/python ## resolve the dependencies anew (LOCK_FLAGS=--upgrade for newer ones)
	@$(BIN)/python -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip -qq install $(UV)
	@$(LOCK) -o requirements.lock
	@$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock
	@$(MAKE) --no-print-directory sbom

sbom: $(BIN)/python ## write sbom.cdx.json anew: what requirements.lock installs, for auditors (CycloneDX)
	@$(BIN)/python -m venv $(VENV)/sbom
	@$(VENV)/sbom/bin/python -m pip -qq install $(CYCLONEDX)
	@$(VENV)/sbom/bin/python -W ignore -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml \
		--output-reproducible --of JSON -o sbom.cdx.json

hooks: $(DEV) ## have git run lint and types before each commit
	@$(BIN)/pre-commit install

clean: ## remove what was installed and cached; output/ stays
	@rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find src tests scripts -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@sh scripts/machine.sh venv $(VENV)

$(RUNTIME): requirements.lock $(PROJECT) | $(BIN)/python
	@echo "Installing what handoutkit needs; the first time takes a minute."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable . $(EXTRAS)
	@touch $@

$(DEV): requirements-dev.lock $(PROJECT) | $(BIN)/python
	@echo "Installing what handoutkit and its tests need; the first time takes a minute."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable . $(EXTRAS)
	@touch $(RUNTIME) $@
