# The chores of the project; `make help` lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

SOURCES := Package.swift Sources Tests Plugins

.PHONY: help
help: ## List what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: dependencies ## Show the whole story on a SQLite file: save, conflict, replay, snapshot, trace, feed
	@echo "Building; the first time takes a few minutes."
	@swift build --quiet --product event-store
	@swift run --quiet --skip-build event-store demo

.PHONY: test
test: dependencies ## Run all tests
	@echo "Building; the first time takes a few minutes."
	@swift build --quiet --build-tests
	@swift test --quiet --skip-build --disable-xctest

.PHONY: build
build: dependencies ## Build everything
	@swift build --build-tests

.PHONY: format
format: ## Format the sources
	@swift format --in-place --parallel --recursive $(SOURCES)

.PHONY: lint
lint: ## Check the format of the sources
	@swift format lint --strict --parallel --recursive $(SOURCES)

.PHONY: schema
schema: dependencies ## Write the schema snapshot anew from the migrations
	@swift run --quiet event-store schema dump

.PHONY: check
check: lint dependencies ## Check the format of the sources and the schema snapshot
	@swift run --quiet event-store schema check

.PHONY: clean
clean: ## Remove what was built
	@swift package clean

.PHONY: dependencies
dependencies:
	@.ci/dependencies
