# Each target finishes its own set-up on a fresh machine, as root or as an ordinary user.
# Honoured: PORT, HOST, DATABASE_URL, BROKER_URL, DATA_DIR, PYTHON (≥ 3.11).

PYTHON ?= python3
DEMO ?= 1
PYTEST_WORKERS ?= 2
BIN := .venv/bin
READY := .venv/.installed

.PHONY: run test check bench lock
.DEFAULT_GOAL := run

run: $(READY)
	@DEMO=$(DEMO) exec $(BIN)/python manage.py run

test: $(READY)
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) $(ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check_translations
	@if ls */management/commands/write_docs.py >/dev/null 2>&1; then $(BIN)/python manage.py write_docs --check; fi
	$(BIN)/mypy .

bench: $(READY)
	@for program in benchmarks/[a-z]*.py; do $(BIN)/python $$program || exit 1; done

# The lock names no index, so that it is the same wherever it is made. Needs uv.
lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 requirements-dev.txt \
	  -o requirements.lock -q --no-header --no-emit-index-url

# Hashes are demanded, so what runs is what was tested. Done again only when the lock changes.
$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: PYTHON=python3.12 make $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Python's venv module is needed (Debian: apt-get install python3-venv)"; exit 1; }
	@echo "Installing …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.lock
	@touch $@
