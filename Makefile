# phonghop: everything that is done with the sources. `make` lists it.

GO      ?= go
BIN     := bin
DIST    := dist
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION)
BUILD   := $(GO) build -trimpath -ldflags '$(LDFLAGS)'
DEBIAN  := packaging/debian-packages.sh

# Where `make run` keeps the room and where it listens.
DATA    ?= ./data
LISTEN  ?= :8443

# How long each fuzz target runs, and how the tests and benchmarks are started.
FUZZTIME  ?= 10s
TESTFLAGS ?=
BENCH     ?= .
BENCHTIME ?= 1s

# Tools are built once from the module proxy, at these versions.
TOOLS       := $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME)/phonghop,$(CURDIR)/.cache)/bin
GOLANGCI    := $(TOOLS)/golangci-lint-v2.15.0
GOVULNCHECK := $(TOOLS)/govulncheck-v1.9.0
export GOLANGCI_LINT_CACHE ?= $(CURDIR)/.cache/golangci-lint

# A copy of the vulnerability database, as a folder or an address; without one
# https://vuln.go.dev is asked.
VULNDB ?=

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@echo 'phonghop $(VERSION)'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo 'Settings: DATA=$(DATA) LISTEN=$(LISTEN) FUZZTIME=$(FUZZTIME) BENCH=$(BENCH) BENCHTIME=$(BENCHTIME) VULNDB=$(VULNDB)'

.PHONY: demo
demo: ## a sample meeting in three windows; without a screen, a short meeting photographed into demo-pictures
	@packaging/demo.sh

.PHONY: run
run: server-program ## the server alone, on DATA and LISTEN
	$(BIN)/phonghop-server serve --data '$(DATA)' --listen '$(LISTEN)'

.PHONY: build
build: browser client-program ## the server with the client for browsers, and the client of this machine, into bin

.PHONY: server-program
server-program:
	CGO_ENABLED=0 $(BUILD) -o $(BIN)/phonghop-server ./server

.PHONY: browser
browser: ## the client for browsers, and the server that has it in it
	@GO='$(GO)' packaging/browser.sh '$(VERSION)'
	$(MAKE) server-program

.PHONY: browser-test
browser-test: browser ## the client in a real Chromium, by fingers and keys
	@$(DEBIAN) browser
	$(GO) test -count=1 -timeout 45m ./packaging/browsertest

# migrated_fynedo: the toolkit's test driver knows no main goroutine in the build of tablets, and must not look for one.
.PHONY: mobile-test
mobile-test: build-packages ## the client of tablets, in the toolkit's simulation on this machine
	$(GO) vet -tags mobile,migrated_fynedo ./client/...
	$(GO) build -tags mobile,migrated_fynedo -o /dev/null ./client
	$(GO) test -tags mobile,migrated_fynedo -timeout 40m ./client ./client/internal/pointer ./client/internal/ui/...

.PHONY: client-program
client-program: build-packages
	$(BUILD) -o $(BIN)/phonghop ./client

.PHONY: build-packages
build-packages:
	@$(DEBIAN) build

.PHONY: test
test: build-packages ## all tests
	$(GO) test -timeout 20m $(TESTFLAGS) ./...

.PHONY: race
race: build-packages ## all tests with the race detector
	$(GO) test -race -timeout 20m $(TESTFLAGS) ./...

.PHONY: lint
lint: build-packages $(GOLANGCI) ## formatting, the walls between packages, and what the linters find
	$(GOLANGCI) run ./...

.PHONY: linters
linters: $(GOLANGCI)

.PHONY: vuln
vuln: build-packages $(GOVULNCHECK) ## known vulnerabilities in what is used (VULNDB: a copy of the database)
	@packaging/vuln.sh '$(GOVULNCHECK)' '$(VULNDB)'

.PHONY: bench
bench: build-packages ## all benchmarks
	@$(DEBIAN) bench
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -benchtime $(BENCHTIME) -timeout 60m -p 1 \
		$$($(GO) list ./... | packaging/with-tests.sh Benchmark)

.PHONY: fuzz
fuzz: build-packages ## every fuzz target for FUZZTIME
	@GO='$(GO)' packaging/fuzz.sh '$(FUZZTIME)'

.PHONY: package
package: build-packages ## the servers of all systems and the clients, into dist
	@GO='$(GO)' packaging/package.sh '$(VERSION)' '$(DIST)'

# The tools are no part of the module: they are built outside of it.
$(GOLANGCI):
	$(call tool,github.com/golangci/golangci-lint/v2/cmd/golangci-lint,v2.15.0)

$(GOVULNCHECK):
	$(call tool,golang.org/x/vuln/cmd/govulncheck,v1.9.0)

# tool builds a program and puts it where the rule wants it, in one step, so
# that a broken build leaves nothing that looks ready.
define tool
	@mkdir -p $(@D)
	@echo 'building $(notdir $(1)) $(2), once'
	@into=$$(mktemp -d) && trap 'rm -rf "$$into"' EXIT && \
		GOFLAGS= GOBIN="$$into" $(GO) install $(1)@$(2) && \
		mv "$$into/$(notdir $(1))" '$@'
endef
