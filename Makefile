# Two commands: `make demo` runs a whole contact center on this machine, `make test` is the whole gate.

SHELL := bash
export PATH := $(HOME)/.cargo/bin:$(PATH)

# One profile for everything, so that everything is built once.
ci := --locked --profile ci
holdfast := $(or $(CARGO_TARGET_DIR),target)/ci/holdfast

.NOTPARALLEL:
.PHONY: help demo test build setup format lints tests drill

help:
	@echo "make demo    build, and run the lab; Ctrl-C ends it"
	@echo "make test    every check, test, drill and negative control"

demo: build
	@exec $(holdfast) lab

# One stage after the other; each prints its seconds.
test: setup
	@SECONDS=0 && $(MAKE) --no-print-directory format lints tests && echo "== all: passed, $$SECONDS s"
#	The drills and their negative controls: add `drill` to the line above.

build: setup
	@scripts/stage build cargo build $(ci) -p holdfast

setup:
	@scripts/setup

format:
	@scripts/stage format cargo fmt --all --check

lints:
	@scripts/stage lints cargo clippy $(ci) --workspace --all-targets -- -D warnings

tests:
	@scripts/stage tests cargo test $(ci) --workspace --lib --bins --tests

drill: build
	@scripts/stage drill $(holdfast) drill --only cti
