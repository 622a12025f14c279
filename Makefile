# Every target does its own set-up in .venv; nothing outside this folder is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo test test-full soak bench lint format wheel clean

help: ## show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

install: $(STAMP) ## create .venv and install everything into it

demo: $(STAMP) ## simulator -> DuckDB -> dbt, with a summary (no account needed)
	$(BIN)/workable-elt demo

lint: $(STAMP) ## ruff, mypy strict, sqlfluff, dbt parse
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tests/lint_sql.py

format: $(STAMP) ## rewrite Python and SQL in the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: lint ## the whole suite
	$(BIN)/pytest -n auto --dist loadscope

test-full: lint ## the suite with the whole matrix of seeds, sizes and quirks
	$(BIN)/pytest -n auto --dist loadscope --full

soak: $(STAMP) ## 500 random histories; HISTORIES=n and SOAK_SEED=n for others
	HISTORIES=$(or $(HISTORIES),500) SOAK_SEED=$(or $(SOAK_SEED),0) \
		$(BIN)/pytest tests/histories/test_soak.py -n 2 --dist load

bench: $(STAMP) ## what a sync costs in time and memory; BENCH_SCALE=0.1 for smaller sizes
	$(BIN)/python -m tests.benchmarks --scale $(or $(BENCH_SCALE),1)

wheel: $(STAMP) ## build the wheel into dist/
	$(BIN)/python -m build --wheel

clean: ## remove .venv, builds and local databases
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache *.duckdb *.duckdb.wal
