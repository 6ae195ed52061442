# Needs Python 3.11 or newer. Another Python than python3: make app PYTHON=python3.12

PYTHON ?= python3
PORT ?= 7860
VENV := .venv
PIP_INSTALL := $(VENV)/bin/pip install --quiet -c constraints.txt

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# The tests start hundreds of processes; without compiled files each of them compiles Gradio again.
unexport PYTHONDONTWRITEBYTECODE
# Where this is set, tests/test_browser.py fails without Chromium instead of skipping.
ifeq ($(CI),true)
export YOUJU_REQUIRE_BROWSER := 1
endif

.PHONY: help app test test-all lint audit wheel bundle constraints browser clean

help:
	@echo 'make app      install Youju into $(VENV), load the samples, open http://127.0.0.1:$(PORT)'
	@echo 'make test     install what the tests need, Chromium included, and run them (ARGS="-k words")'
	@echo 'make test-all the same, and the tests that take long'
	@echo 'make lint     ruff and mypy'
	@echo 'make audit    bandit over the code, pip-audit over the pinned packages (asks PyPI)'
	@echo 'make wheel    build dist/*.whl'
	@echo 'make bundle   one archive that installs Youju without a network (EXTRAS=mcp,metrics)'
	@echo 'make clean    remove $(VENV) and whatever else was built'

app: $(VENV)/.app
	@$(VENV)/bin/youju serve --sample --port $(PORT)

test: $(VENV)/.dev browser
	@$(VENV)/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

test-all: $(VENV)/.all browser
	@$(VENV)/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --all $(ARGS)

lint: $(VENV)/.dev
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy

audit: $(VENV)/.dev
	@$(PIP_INSTALL) bandit==1.9.4 pip-audit==2.10.1
	$(VENV)/bin/bandit --quiet --configfile pyproject.toml --recursive app.py cli.py commands \
	  corpus index retrieval eval ui
	@$(VENV)/bin/python .ci/audit.py $(VENV)/bin/pip-audit

wheel: $(VENV)/.dev
	@$(VENV)/bin/pip wheel --quiet --no-deps --no-build-isolation -w dist .
	@ls dist/*.whl

bundle: | $(VENV)/bin/pip
	@PYTHON=$(VENV)/bin/python sh deploy/bundle

# The stamps make the next run quick; they are older than a changed pyproject or constraints file.
$(VENV)/.app: pyproject.toml constraints.txt | $(VENV)/bin/pip
	@echo 'Installing Youju into $(VENV): a minute or two, once'
	@$(PIP_INSTALL) -e .
	@touch $@

# --no-compile: to compile everything takes longer than to fetch it, and little of it is imported.
$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/pip
	@echo 'Installing Youju and the test tools into $(VENV): a minute or two, once'
	@$(PIP_INSTALL) --no-compile -e '.[generator,mcp,metrics,dev]'
	@touch $@ $(VENV)/.app

$(VENV)/.all: $(VENV)/.dev
	@echo 'Installing torch and what else the longer tests need: a minute or two, once'
	@$(PIP_INSTALL) --no-compile -e '.[e5,generator,mcp,metrics,milvus,models,ocr,dev,dev-all]'
	@touch $@

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  found=$$($(PYTHON) --version 2>/dev/null) || found='no $(PYTHON)'; \
	  echo "Youju needs Python 3.11 or newer, found $$found: make PYTHON=python3.12 names another" >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo '$(PYTHON) has no venv module: install it (Debian, Ubuntu: apt install python3-venv)' >&2; \
	  exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)

browser:
	@sh .ci/system

constraints:
	@sh .ci/constraints

clean:
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
