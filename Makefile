# make crawl            sets everything up, crawls the demo newsroom that the package ships, says what it got
# make crawl SITE=NAME  crawls a site instead: any name that `scrapy list` gives, or SITE=news ARGS="-a url=https://…"
# make test             sets everything up, runs all tests, as many files at once as there are processors
# make help             lists these
# make lint             style, format and types
# make compile          compiles the readers of pages, where a C compiler is; `make crawl` and `make test` do so by themselves
# make wheel            writes a wheel to dist/, with the compiled readers where a C compiler is
# make lock             writes the lock files anew, after a change of pyproject.toml
# make reference        writes docs/reference, the reference that is made from the code
# make house            writes docs/house.svg, the picture of the packages that is made from the imports
# make compare DATA=…   shows what your changes win and lose on sets of pages, against the branch main (BASE=…)
# make docs             writes the documentation as a site to build/site, without a network
# make schema           writes the JSON Schemas anew, after a change of the record or of a run's file
# make clean            removes what the above made, output/ excepted
#
# PYTHON=python3.12 chooses the interpreter of the environment, ARGS="…" is handed on to the command that is run.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := crawl

PYTHON ?= python3
SITE ?= demo
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
BASE ?= main
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: crawl help test lint compile wheel reference house compare docs lock schema clean

crawl: $(VENV)/.runtime
	@$(BIN)/python compiling.py
ifeq ($(SITE),demo)
	@$(BIN)/scrapy demo --crawl $(ARGS)
else
	@$(BIN)/scrapy crawl $(SITE) $(ARGS)
endif

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile

test: $(VENV)/.test
	@$(BIN)/python compiling.py
	$(BIN)/python -m pytest -n logical --dist loadfile $(ARGS)

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

compile: $(VENV)/.runtime
	@$(BIN)/python compiling.py

wheel: $(VENV)/.runtime
	@$(BIN)/python compiling.py wheel

reference: $(VENV)/.test
	@$(BIN)/python -m scripts.reference

house: $(VENV)/.runtime
	@$(BIN)/python -m scripts.house

# Both read the same pages in plain Python: BASE from a work tree of its own, then what is here.
compare: $(VENV)/.test
	@test -d "$(DATA)" || { echo "Name a folder of sets of pages: make compare DATA=/path (docs/benchmarks.md)" >&2; exit 1; }
	@mkdir -p build && rm -rf build/base && git worktree prune && git worktree add --quiet --detach build/base $(BASE)
	@trap 'git worktree remove --force build/base' EXIT; sets="$$(cd "$(DATA)" && pwd)"; export NEWSSCRAPER_PURE=1; \
	    PYTHONPATH=build/base $(BIN)/python build/base/benchmarks/extraction.py "$$sets" --save build/before.json $(ARGS) && \
	    PYTHONPATH=. $(BIN)/python benchmarks/extraction.py "$$sets" --compare build/before.json $(ARGS)

# The variable keeps a notice of mkdocs-material's about other programs out of what this prints.
docs: $(VENV)/.test
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict
	@echo "The documentation is in build/site: open build/site/index.html"

# A stamp file says that what a lock file names is installed: the second time is quick.
define install
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
    echo "newsscraper needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3" >&2; exit 1; }
@echo "Setting up $(VENV) from $(1): a minute or two, once"
@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
@$(BIN)/python -m pip install --quiet --require-hashes -r $(1)
@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e .
endef

$(VENV)/.runtime: requirements.txt pyproject.toml
	$(call install,requirements.txt)
	@touch $@

# The test lock holds all of the other one, in the same versions.
$(VENV)/.test: requirements-test.txt pyproject.toml
	$(call install,requirements-test.txt)
	@touch $(VENV)/.runtime $@

lock: $(VENV)/.test
	$(BIN)/uv --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group build --extra test $(LOCK_FLAGS) -o requirements-test.txt
	$(BIN)/uv pip compile pyproject.toml --group build -c requirements-test.txt $(LOCK_FLAGS) -o requirements.txt

# For every platform and Python that the project supports; no address of a registry in it.
LOCK_FLAGS := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet

schema: $(VENV)/.runtime
	$(BIN)/python -c 'import json; from newsscraper.article import SCHEMA_FILE, json_schema; \
	    SCHEMA_FILE.write_text(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", "utf-8")'
	$(BIN)/python -c 'import json; from newsscraper.extensions.summary import SCHEMA_FILE, json_schema; \
	    SCHEMA_FILE.write_text(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", "utf-8")'

clean:
	rm -rf $(VENV) build dist newsscraper/_native *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
