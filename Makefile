# Everything a newcomer needs: `make corpus` and `make test`. Python 3.11 or later is all that must be there.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup corpus test prove lint notebooks release clean lock

help:  ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY)  ## Make .venv with the locked dependencies

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Aussage needs Python 3.11 or later; set PYTHON=/path/to/python"; exit 2; }
	@echo "Setting up $(VENV) with $(PYTHON); this takes a minute or two"
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

corpus: $(READY)  ## Build the corpus, check it, and say what is in it
	$(BIN)/aussage build
	$(BIN)/aussage agree
	$(BIN)/aussage summary
	$(BIN)/aussage read
	$(BIN)/aussage check

lint: $(READY)  ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: $(READY) lint  ## Run all tests, on every supported Python that is there
	$(BIN)/python -m pytest -n 2
	$(BIN)/python tests/interpreters.py

prove: $(READY)  ## Run the longer proofs too
	$(BIN)/python -m pytest -n 2 -m "prove or not prove"

VALIDATORS := .venv-validators
CITATION_VALIDATOR := .venv-cffconvert
TOOLS := tests/outside_tools

$(VALIDATORS)/.ready: $(TOOLS)/validators.txt
	$(PYTHON) -m venv --clear $(VALIDATORS)
	$(VALIDATORS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(CITATION_VALIDATOR)/.ready: $(TOOLS)/cffconvert.txt
	$(PYTHON) -m venv --clear $(CITATION_VALIDATOR)
	$(CITATION_VALIDATOR)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

release: $(READY) $(VALIDATORS)/.ready $(CITATION_VALIDATOR)/.ready  ## Make bundles and packages in dist/, and validate them
	rm -rf dist build/unpacked
	$(BIN)/aussage release
	$(BIN)/python build_packages.py
	for bundle in dist/*.zip; do $(BIN)/python -m zipfile -e $$bundle build/unpacked || exit 1; done
	for bag in build/unpacked/*; do \
		echo "$$bag:" && $(VALIDATORS)/bin/python $(TOOLS)/validate.py $$bag || exit 1; \
		$(CITATION_VALIDATOR)/bin/python $(TOOLS)/cff_file.py $$bag/data/CITATION.cff || exit 1; \
	done

notebooks: $(READY)  ## Open JupyterLab
	$(BIN)/jupyter lab notebooks

lock: $(READY)  ## Resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml --all-extras --group develop --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --quiet --no-header --output-file requirements.lock
	uv pip compile pyproject.toml --group test --universal --python-version 3.11 --constraint requirements.lock \
		--generate-hashes --no-emit-index-url --no-emit-find-links --quiet --no-header --output-file tests/requirements.lock
	for tools in validators cffconvert; do uv pip compile $(TOOLS)/$$tools.in --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --quiet --no-header \
		--output-file $(TOOLS)/$$tools.txt || exit 1; done

clean:  ## Remove what was set up and built
	rm -rf .venv* build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
