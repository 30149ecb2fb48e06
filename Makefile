# Two commands do everything on a fresh machine: make run, make test. Needs Go 1.26 and a C compiler.
SHELL := /bin/bash
GO ?= go
BIN := bin/kindinkaart
ADDR ?= 127.0.0.1:8080
DATA ?= data

.PHONY: run build release test check bench cover clean tools

run: build ## build, fill ./data with the invented demo wijk on the first run, serve
	@test -d $(DATA) || $(BIN) demo --data $(DATA)
	$(BIN) serve --addr $(ADDR) --data $(DATA) --demo-accounts

build: ## one binary in bin/, sharing what the tests compiled
	$(GO) build -ldflags="-s -w" -o $(BIN) ./cmd/kindinkaart

release: ## the same binary without the paths of this machine in it
	$(GO) build -trimpath -ldflags="-s -w" -o $(BIN) ./cmd/kindinkaart

test: tools ## every test, on SQLite and PostgreSQL and in a real browser
	$(GO) test -timeout 15m ./...

check: tools ## what must be clean before a change lands
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet ./...
	$(GO) test -race -shuffle=on ./...

bench: ## speed: ranking, classes, streets, and the same ranking in other ways; docs/performance.md tells what each line is
	@.ci/bench-tools
	$(GO) test -run '^$$' -bench . -benchmem -benchtime 1s -timeout 30m ./matcher
	$(GO) test -run '^$$' -bench . -benchmem -benchtime 300ms ./geo ./catalog/index ./kindinkaart/...

cover: tools ## which lines the tests reach, in coverage.html
	$(GO) test -coverpkg=./... -coverprofile=cover.out ./...
	$(GO) tool cover -func=cover.out | tail -1
	$(GO) tool cover -html=cover.out -o coverage.html

tools: # PostgreSQL and Chromium for the tests: installed when they are missing and that is allowed
	@.ci/tools

clean:
	rm -rf bin cover.out coverage.html
