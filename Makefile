# What a person on a fresh checkout needs is `make run` and `make test`.

PYTHON ?= python3
VAR_DIR ?= var
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PIP := $(BIN)/python -m pip --disable-pip-version-check install --require-hashes
OFFLINE := Packages could not be installed, see above. Is the network reachable?
STATIC_FILES := $(shell find static 2>/dev/null)
# `make lint` checks what a server would run with; none of these is a real value.
PRODUCTION := DJANGO_SETTINGS_MODULE=clinic_site.settings.production DEBUG=0 \
	SECRET_KEY=only-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz-9876543210 \
	ALLOWED_HOSTS=clinic.test BASE_URL=https://clinic.test \
	DEFAULT_FROM_EMAIL=hello@clinic.test \
	ENCRYPTION_KEYS=check:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=

.DEFAULT_GOAL := help
.PHONY: help run test lint format seed shell lock clean
.DELETE_ON_ERROR:

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(BIN)/.runtime $(VAR_DIR)/.static ## install, prepare the database and serve the site with demo content (HOST=, PORT=)
	@$(MANAGE) serve --first 'migrate --verbosity 0' --first 'seed_demo --if-empty'

test: $(BIN)/.dev ## run all tests, on SQLite and on PostgreSQL
	$(BIN)/python -m pytest -n auto -m "not browser"
	$(BIN)/python -m pytest -m browser
	$(BIN)/python tests/postgres.py $(BIN)/python -m pytest -n auto -m "not browser and not rendering"

lint: $(BIN)/.dev ## check style, templates, imports, migrations and production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	find templates -name '*.html' | xargs $(BIN)/djade --check --target-version 5.2
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

format: $(BIN)/.dev ## bring code and templates into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	find templates -name '*.html' | xargs $(BIN)/djade --target-version 5.2

seed: $(BIN)/.runtime ## fill the database with demo content
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed_demo

shell: $(BIN)/.runtime ## open a Python shell with the site loaded
	@$(MANAGE) shell

lock: $(BIN)/.dev ## compile the requirements into the two hashed locks
	$(BIN)/uv pip compile --generate-hashes --python-version 3.11 --no-header \
		requirements.txt -o requirements.lock
	$(BIN)/uv pip compile --generate-hashes --python-version 3.11 --no-header \
		-c requirements.lock requirements-dev.txt -o requirements-dev.lock

clean: ## remove the environment and everything made; keep database and uploads
	rm -rf .venv $(VAR_DIR)/static $(VAR_DIR)/.static
	rm -rf .pytest_cache .hypothesis .ruff_cache .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

# Made new when its Python no longer runs, as after an upgrade of the system's.
ifneq ($(shell $(BIN)/python -c 'import pip' 2>/dev/null && echo runs),runs)
.PHONY: $(BIN)/python
endif
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Python 3.11 or newer is needed. Name one: make run PYTHON=python3.11' >&2; \
	  exit 1; }
	@echo 'Making .venv'
	@rm -rf .venv
	@$(PYTHON) -m venv .venv >/dev/null || { rm -rf .venv; \
	  echo 'Python cannot make environments. On Debian: apt-get install python3-venv' >&2; \
	  exit 1; }

$(BIN)/.runtime: requirements.lock $(BIN)/python
	$(PIP) -r requirements.lock || { echo '$(OFFLINE)' >&2; exit 1; }
	@touch $@

$(BIN)/.dev: requirements-dev.lock requirements.lock $(BIN)/python
	$(PIP) -r requirements-dev.lock || { echo '$(OFFLINE)' >&2; exit 1; }
	@touch $(BIN)/.runtime $@

$(VAR_DIR)/.static: requirements.lock $(STATIC_FILES) | $(BIN)/.runtime
	@echo 'Collecting static files'
	@mkdir -p $(VAR_DIR)
	@$(MANAGE) collectstatic --noinput --clear --verbosity 0
	@touch $@
