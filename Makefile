# Everything runs in .venv, built from the pins in constraints.txt. On Windows, or with conda: see README.md.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
BENCH := .venv-bench/Scripts
else
BIN := .venv/bin
BENCH := .venv-bench/bin
endif

.PHONY: setup lab test notebooks bench screenshot lock

setup: .venv/ready                  ## build .venv

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "bpkit needs Python 3.11 or newer; this is " + sys.version)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --constraint constraints.txt --build-constraint constraints.txt --editable '.[dev]'
	$(BIN)/python -c 'import matplotlib.font_manager' # looks for fonts once, here rather than in a student's first plot
	$(BIN)/python -c 'import pathlib; pathlib.Path(".venv/ready").touch()'

lab: setup                          ## copy new chapters to work/ and open JupyterLab there
	$(BIN)/bpkit lab

notebooks: setup                    ## rebuild solutions/*.ipynb and notebooks/*.ipynb from solutions/*.md
	$(BIN)/bpkit release

test: setup                         ## style, spelling, types, and every test, the browser's included
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/codespell *.md benchmarks src solutions/*.md
	$(BIN)/pytest -n 2 --dist loadscope --nbval --nbval-current-env tests solutions

bench: setup .venv-bench/ready      ## how long a check and a widget take, and how fast a network trains beside others
	$(BIN)/python benchmarks/checks.py
	$(BIN)/python benchmarks/moves.py
	$(BENCH)/python benchmarks/training.py

.venv-bench/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv-bench
	$(BENCH)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	$(BENCH)/python -c 'import pathlib; pathlib.Path(".venv-bench/ready").touch()'

screenshot: setup                   ## take README.md's pictures anew
	BPKIT_SCREENSHOTS=docs $(BIN)/pytest tests/browser

lock: setup                         ## choose new pins for every platform
	$(BIN)/uv pip compile --quiet --universal --upgrade --no-header --no-annotate --no-emit-index-url --no-emit-find-links --extra dev pyproject.toml --output-file constraints.txt
