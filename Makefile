# Each target finishes its own set-up on a fresh machine, as root or as an ordinary user.
# Honoured: PORT, HOST, DATABASE_URL, BROKER_URL, DATA_DIR, PYTHON (≥ 3.11).

PYTHON ?= python3
DEMO ?= 1
PYTEST_WORKERS ?= 2
BIN := .venv/bin
RUNS := .venv/.runs
TESTS := .venv/.tests

.PHONY: run test faults check bench lock
.DEFAULT_GOAL := run

run: $(RUNS)
	@DEMO=$(DEMO) exec $(BIN)/python manage.py run

test: $(TESTS)
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) -m 'not faults and not long' $(ARGS)

# Kills processes, cuts connections: minutes long, and wants the machine for itself.
faults: $(TESTS)
	$(BIN)/python -m pytest -m 'faults or long' $(ARGS)

check: $(TESTS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check_translations
	@if ls */management/commands/write_docs.py >/dev/null 2>&1; then $(BIN)/python manage.py write_docs --check; fi
	$(BIN)/mypy

bench: $(TESTS)
	@for program in benchmarks/[a-z]*.py; do $(BIN)/python $$program || exit 1; done

# The lock names no index, so that it is the same wherever it is made. Needs uv.
lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 requirements-dev.txt \
	  -o requirements.lock -q --no-header --no-emit-index-url

# Hashes are demanded, so what runs is what was tested. Done again only when the lock changes. To run needs
# less than to test: what only requirements-dev.txt asks for is left out.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: PYTHON=python3.12 make $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { echo "Python's venv module is needed (Debian: apt-get install python3-venv)"; exit 1; }

$(RUNS): requirements.lock | $(BIN)/python
	@echo "Installing …"
	@$(BIN)/python config/lock.py requirements.lock > .venv/runs.lock
	@$(PIP) -r .venv/runs.lock
	@touch $@

$(TESTS): requirements.lock | $(BIN)/python
	@echo "Installing …"
	@$(PIP) -r requirements.lock
	@touch $@ $(RUNS)
