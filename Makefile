# The two commands a newcomer needs: `make demo` and `make test`. Nothing else has to be installed first
# but Python 3.11–3.14 (tests with a browser fetch Debian's chromium themselves when it is missing).

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.runs
DEV := $(VENV)/.develops
PORT ?= 8000

.PHONY: help setup demo serve check test test-sqlite test-postgresql browser bench pictures messages pins clean

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(RUN): requirements/base.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 to 3.14 with venv is needed (Debian: apt-get install python3 python3-venv)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/base.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@touch $@

setup: $(DEV) ## install everything into .venv

demo: $(RUN) ## a populated ward on http://127.0.0.1:8000
	@$(BIN)/donghanh demo --port $(PORT)

serve: $(RUN) ## the real thing, on the data folder of DONGHANH_DATA
	@$(BIN)/donghanh serve --migrate --with-work

check: $(DEV) ## style, types, contracts, house tests, messages: under two minutes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'donghanh/web/templates/**/*.html' 'donghanh/web/templates/*.html')
	$(BIN)/codespell $$(git ls-files '*.py' '*.md' '*.js' '*.css' '*.toml' '*.html' | grep -v -e vendor/ -e packs/ -e README.vi.md -e docs/vi/)
	$(BIN)/python -m pytest -q -n 2 tests/house
	$(BIN)/python -m pytest -q -n 2 -m pure tests

test: $(DEV) browser test-sqlite test-postgresql ## everything, on both databases and in a real browser

test-sqlite: $(DEV)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

test-postgresql: $(DEV)
	DONGHANH_TEST_DATABASE=postgresql $(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not pure and not browser and not server"

browser:
	@command -v chromium >/dev/null 2>&1 || { echo "fetching chromium from Debian"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; }

bench: $(DEV) ## figures as JSON lines
	@$(BIN)/python -m benchmarks

pictures: $(DEV) browser ## the pictures of docs/pictures, from a demo ward
	@$(BIN)/python -m tests.pictures

messages: $(DEV) ## compile the languages after editing a .po file
	@$(BIN)/python -m tests.messages

pins: $(DEV) ## renew the pinned requirements from what is installed
	@$(BIN)/python -m tests.pins

clean:
	rm -rf $(VENV) data .mypy_cache .ruff_cache .pytest_cache .hypothesis
