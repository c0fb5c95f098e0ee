# Everything a developer needs: make demo, make test, make check, make bench.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check bench differential clean

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "articlekit needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: $(READY)
	rm -rf out/demo
	$(BIN)/articlekit run fixtures/scraped -o out/demo --ledger --max-errors 50%
	$(BIN)/python -m json.tool --no-ensure-ascii out/demo/summary.json
	@echo "Clean articles: out/demo/articles.jsonl. Why a line is gone: $(BIN)/articlekit explain fixtures/scraped/earnings.html"

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_architecture.py

differential: $(READY)
	$(BIN)/python -m tools.differential

bench: $(READY)
	$(BIN)/python -m benchmarks.pipeline

clean:
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
