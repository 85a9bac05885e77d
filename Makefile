# The clerk's commands. `make help` lists them.

PYTHON ?= python3
OUTPUT ?= outputs
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
PYTHON = py
BIN := $(VENV)/Scripts
endif
PAPERS := $(BIN)/papers
FOLDER ?= $(OUTPUT)
WORKBOOK_ARGUMENT = $(if $(WORKBOOK),"$(WORKBOOK)")
STYLE_OPTION = $(if $(STYLE),--style "$(STYLE)")
MEETING_OPTION = $(if $(MEETING),--meeting "$(MEETING)")
WORKERS := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
READY := $(VENV)/.ready
DEV_READY := $(VENV)/.ready-dev

UNFETCHED := setup: some Python packages could not be fetched or built. Check the network (and the proxy), then run it again.

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help paper publish check new chase verify doctor setup test coverage goldens lint audit mutants torture bench same conformance installed inputs docs lock release clean

help: ## list what make can do here
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

paper: $(READY) ## make the papers of the workbooks in inputs/ (WORKBOOK=, STYLE=, MEETING=, OUTPUT=)
	@$(PAPERS) build $(STYLE_OPTION) --output "$(OUTPUT)" $(MEETING_OPTION) $(WORKBOOK_ARGUMENT)

publish: $(READY) ## make the papers only if no error is open, without the DRAFT stamp
	@$(PAPERS) build --final $(STYLE_OPTION) --output "$(OUTPUT)" $(MEETING_OPTION) $(WORKBOOK_ARGUMENT)

check: $(READY) ## say what is missing in the workbooks in inputs/
	@$(PAPERS) check $(STYLE_OPTION) --output "$(OUTPUT)" $(MEETING_OPTION) $(WORKBOOK_ARGUMENT)

new: $(READY) ## make a workbook for officers; asks for the committee and the meeting (WORKBOOK=, FROM=)
	@$(PAPERS) new $(STYLE_OPTION) $(MEETING_OPTION) $(if $(FROM),--from "$(FROM)") "$(or $(WORKBOOK),inputs/new.xlsx)"

chase: $(READY) ## write a draft e-mail to each officer who owes something, and a list to ring by
	@$(PAPERS) chase $(STYLE_OPTION) --output "$(OUTPUT)" $(MEETING_OPTION) $(WORKBOOK_ARGUMENT)

verify: $(READY) ## check the papers in outputs/ against their records (FOLDER=)
	@$(PAPERS) verify "$(FOLDER)"

doctor: $(READY) ## say what this machine has for making papers, and what is missing
	@$(PAPERS) doctor $(STYLE_OPTION) --output "$(OUTPUT)"

setup: $(READY) ## make .venv with the papers command in it, and install what the PDF needs

test: $(DEV_READY) ## run the tests
	@$(BIN)/python -m pytest $(WORKERS)

coverage: $(DEV_READY) ## run the tests, and see which branches of the code they reach; fails below the floor
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest $(WORKERS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --skip-covered --show-missing

goldens: $(DEV_READY) ## write tests/goldens as they are made now; then read what changed in git diff
	@$(BIN)/python -m pytest -q tests/whole/test_goldens.py --renew

lint: $(DEV_READY) ## check the code's style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

audit: $(DEV_READY) ## ask whether any pinned package has a known weakness (needs the network)
	@$(BIN)/uvx --quiet pip-audit@2.10.1 --require-hashes --disable-pip --strict -r requirements.lock

mutants: $(DEV_READY) ## change the code a little at a time; show what no test notices (ONLY=)
	@$(BIN)/python scripts/mutants.py $(ONLY)

torture: $(DEV_READY) ## read files changed at random by every reader; ten minutes, or MINUTES=
	@$(BIN)/python scripts/torture.py $(MINUTES)

bench: $(DEV_READY) ## time us beside docxtpl and LibreOffice (a quarter of an hour)
	@$(BIN)/python scripts/bench.py

same: $(DEV_READY) ## compare what another commit makes with what this one does (BASE=, TRACKERS=; some minutes)
	@$(BIN)/python scripts/same.py $(if $(TRACKERS),--trackers $(TRACKERS)) "$(or $(BASE),HEAD)"

conformance: $(DEV_READY) ## check every edition with checkers that others wrote (LONG=1: long papers too)
	@$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements-conformance.lock
	@if command -v npm >/dev/null; then npm install --prefix scripts/checkers --no-save --ignore-scripts --no-audit --no-fund --silent; fi
	@$(BIN)/python -m pytest -m matrix $(WORKERS)
	@$(BIN)/python scripts/conformance.py $(if $(LONG),--long)

installed: $(DEV_READY) ## install the wheel in a new environment, and make a new council's paper with it
	@$(BIN)/python scripts/installed.py

inputs: $(DEV_READY) ## make the sample workbooks of inputs/ again
	@$(BIN)/python scripts/make_inputs.py

docs: $(DEV_READY) ## make again what is made from code: docs/checks.md and others, and the bank holidays
	@$(BIN)/python scripts/make_docs.py
	@$(BIN)/python scripts/make_bank_holidays.py

lock: ## pin the newest versions that pyproject.toml allows
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet "uv>=0.5"
	@$(BIN)/uv pip compile --upgrade --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	    --custom-compile-command "make lock" pyproject.toml --extra typst --group build -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	    --custom-compile-command "make lock" pyproject.toml --extra cluster --extra typst --group build --group dev -c requirements.lock -o requirements-dev.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	    --custom-compile-command "make lock" --group conformance -c requirements-dev.lock -o requirements-conformance.lock

release: $(DEV_READY) ## check everything, build the version of pyproject.toml into dist/, and tag it
	@$(BIN)/python scripts/release.py

clean: ## take away .venv and caches; papers stay
	@rm -rf $(VENV) dist .coverage* .same .torture .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): requirements.lock pyproject.toml scripts/setup_system.py
	@$(PYTHON) scripts/setup_system.py
	@$(PYTHON) -m venv $(VENV) || { echo "setup: Python cannot make .venv. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 2; }
	@echo "Setting up .venv (once)…"
	@$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements.lock || { echo "$(UNFETCHED)" >&2; exit 2; }
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python scripts/setup_system.py --check
	@touch $(READY)

$(DEV_READY): $(READY) requirements-dev.lock
	@echo "Setting up the tests' tools (once)…"
	@$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements-dev.lock || { echo "$(UNFETCHED)" >&2; exit 2; }
	@touch $(DEV_READY)
