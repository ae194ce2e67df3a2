# The chores of the project; `make help` lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

SOURCES := Package.swift Sources Tests Plugins

# The benchmarks are a package of their own, with a schema of their own.
benchmark_schema := --migrations Sources/Benchmarks/migrations --schema Sources/Benchmarks/schema

.PHONY: help
help: ## List what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# In a folder of its own and without Google Cloud, whose packages take four times as long to compile as all that is shown.
.PHONY: demo
demo: dependencies ## Show the whole story: save, conflict, replay, snapshot, trace, feed; on SQLite, or DATABASE_URL=…
	@echo "Building; the first time takes a few minutes."
	@swift build --quiet --disable-default-traits --traits Postgres --scratch-path .build/demo --product event-store
	@.build/demo/debug/event-store demo $(if $(findstring command,$(origin DATABASE_URL)),--database "$$DATABASE_URL")

# What `swift build` is told to build, and how; and whether that has been done.
BUILD ?= --build-tests
BUILT ?=

# All tests of a run begin at the same moment, so that those which build packages, start many processes, or keep the
# processor or a server busy have runs of their own: what waits for something must not wait for the processor as well.
builds := (DocumentationTests|RowGeneratorTests\.PluginTests)
busy := (EventSourcingPostgresTests\.(FeedModel|PostgresConformance|PostgresFeedSoak)|RowGeneratorTests\.TwoContexts)Tests

.PHONY: test
test: test-dependencies ## Run all tests
ifeq ($(BUILT),)
	@echo "Building; the first time takes a few minutes."
	@swift build --quiet $(BUILD)
endif
	@outcome=0; \
	for tests in '--skip ^$(builds) --skip ^$(busy) --skip ^(CommandLine|EventSourcing(Postgres|GoogleCloud))Tests' \
	    '--filter ^$(busy)' '--filter ^EventSourcingPostgresTests --skip ^$(busy)' \
	    '--filter ^EventSourcingGoogleCloudTests' '--filter ^CommandLineTests' '--filter ^$(builds)'; do \
	    swift test --quiet --skip-build --disable-xctest $$tests || outcome=$$?; \
	done; \
	exit $$outcome

.PHONY: build
build: dependencies ## Build everything
	@swift build $(BUILD)

# With Swift's libraries in it: a command that has little to do starts in half the time, and needs no toolchain to run.
release_flags := --static-swift-stdlib
# libpq is loaded when it is called (Sources/DeferredLibpq), so that what works without it is not linked with it. And what
# the loader has to do at every start is done here: the program has no names for other libraries to find, and one address
# for good (-no-pie), which saves 2 ms of 14, at the price that the system does not choose another one each time.
ifeq ($(shell uname),Linux)
release_flags += $(addprefix -Xswiftc ,-Xfrontend -disable-autolink-library -Xfrontend pq \
    -Xfrontend -disable-concrete-type-metadata-mangled-name-accessors) $(addprefix -Xlinker ,-no-pie --no-export-dynamic)
endif

.PHONY: release
release: dependencies ## Build the command line for release, into .build/static/release/event-store
	@swift build --quiet -c release $(release_flags) --scratch-path .build/static --product event-store

.PHONY: format
format: ## Format the sources
	@swift format --in-place --parallel --recursive $(SOURCES)

.PHONY: lint
lint: ## Check the format of the sources
	@swift format lint --strict --parallel --recursive $(SOURCES)

.PHONY: schema
schema: dependencies ## Write the schema snapshot anew from the migrations
	@swift run --quiet event-store schema dump
	@swift run --quiet event-store schema dump $(benchmark_schema)

.PHONY: check
check: lint dependencies ## Check the format of the sources and the schema snapshot
	@swift run --quiet event-store schema check
	@swift run --quiet event-store schema check $(benchmark_schema)

# The size of each benchmark, the workloads if not all, a log of CloudEvents to import, a PostgreSQL server to measure on,
# and the folder of a program `run` that measures the limits of both databases and runs other benchmarks between them,
# given --with NAME=COMMAND. How it is built is for CI, which wants no figures.
N ?= 3000
ONLY ?=
LOG ?=
POSTGRES ?=
BENCH ?=
BENCH_BUILD ?= -c release
benchmarks := .build/benchmarks/$(if $(findstring release,$(BENCH_BUILD)),release,debug)/benchmarks

.PHONY: bench
bench: dependencies ## Measure the stores in release; see CONTRIBUTING.md for N, LOG, POSTGRES and BENCH
	@echo "Building; the first time takes a few minutes."
	@swift build --quiet $(BENCH_BUILD) --package-path Sources/Benchmarks --scratch-path .build/benchmarks \
	    --product benchmarks
ifeq ($(BENCH),)
	@mkdir -p .build/benchmarks/data
	@$(benchmarks) --sqlite .build/benchmarks/data --n $(N) $(if $(ONLY),--only $(ONLY)) \
	    $(if $(POSTGRES),--postgres '$(POSTGRES)') $(if $(LOG),--log $(LOG))
else
	@$(BENCH)/run --limits pg,sqlite --rounds 5 --n $(N) $(if $(POSTGRES),--conninfo '$(POSTGRES)') \
	    --with 'sqlite=$(benchmarks) --sqlite {tmp} --n {n} --systems swift-sqlite $(if $(LOG),--log $(LOG))' \
	    --with 'async=$(benchmarks) --sqlite {tmp} --n {n} --systems swift-sqlite-async' \
	    --with 'module=$(benchmarks) --sqlite {tmp} --n {n} --systems swift-sqlite-module' \
	    --with 'team=$(benchmarks) --sqlite {tmp} --n {n} --systems swift-sqlite-team' \
	    --with 'memory=$(benchmarks) --systems swift-memory' \
	    --with 'postgres=$(benchmarks) --postgres {conninfo} --n {n} --systems swift-postgres' \
	    --with 'postgres-module=$(benchmarks) --postgres {conninfo} --n {n} --systems swift-postgres-module' \
	    --with 'postgres-team=$(benchmarks) --postgres {conninfo} --n {n} --systems swift-postgres-team'
endif

.PHONY: clean
clean: ## Remove what was built
	@swift package clean
	@rm -rf .build/benchmarks .build/demo

.PHONY: dependencies
dependencies:
	@.ci/dependencies

.PHONY: test-dependencies
test-dependencies:
	@.ci/dependencies --for-tests
