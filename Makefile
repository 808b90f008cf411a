# make demo   sets up the base install and turns a bundled picture into pixel art (no torch)
# make test   sets up everything and runs all tests
# make engines  the game engines whose own code reads the sheets in the tests (needs npm)
# make processors   the tests whose answer could hang on the processor, as other processors
# make lint   format, lint, types, import directions
# make bars   the quality bars that need the shared data (PINCEL_SHARED)
# make docs   writes the generated pages and pictures
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test engines page processors lint types rules bars docs clean

$(VENV)/base.done: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pincel needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -e .
	touch $@

$(VENV)/full.done: $(VENV)/base.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[nets,dev,bench]'
	$(BIN)/python -m compileall -qq -j 2 $(VENV)/lib || true  # once, and not in each process of the tests
	touch $@

demo: $(VENV)/base.done
	$(BIN)/python tools/demo.py

ENGINES = tools/engines
$(ENGINES)/node_modules/done: $(ENGINES)/package-lock.json
	cd $(ENGINES) && npm ci --silent --ignore-scripts
	touch $@

# without npm, or where the packages cannot be had, the tests that need them are skipped
engines:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(ENGINES)/node_modules/done \
	  || echo "engines: not installed; the tests that need them are skipped"; fi

# what builds and checks the studio's page: axe, by which its rooms are tested, comes with it
web/node_modules/done: web/package-lock.json
	cd web && npm ci --silent --ignore-scripts
	touch $@

page:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory web/node_modules/done \
	  || echo "page: not installed; the tests of the studio's rooms are skipped"; fi

test: $(VENV)/full.done engines page
	$(BIN)/python -m compileall -qq src
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --dist worksteal

processors: $(VENV)/full.done
	OMP_NUM_THREADS=1 $(BIN)/python tools/processors.py

# types take as long as all the rest, and one processor: both at a time
lint: $(VENV)/full.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@$(MAKE) --no-print-directory -j2 types rules

types: $(VENV)/full.done
	$(BIN)/mypy

rules: $(VENV)/full.done
	$(BIN)/lint-imports
	$(BIN)/python tools/size_budget.py
	$(BIN)/python tools/words_once.py
	$(BIN)/python tools/docstrings.py
	tools/lint-pages.sh
	tools/lint-studio.sh

bars: $(VENV)/full.done
	$(BIN)/python tools/bars.py

docs: $(VENV)/full.done
	$(BIN)/python tools/make_docs.py
	$(BIN)/python tools/make_stubs.py

clean:
	rm -rf $(VENV) out
