# Two commands: `make demo` runs a whole contact center on this machine, `make test` is the whole gate.

SHELL := bash
export PATH := $(HOME)/.cargo/bin:$(PATH)

# One profile for everything, so that everything is built once.
ci := --locked --profile ci
holdfast := $(or $(CARGO_TARGET_DIR),target)/ci/holdfast

.NOTPARALLEL:
.PHONY: help demo test build web setup format lints tests awdb-peers web-tests sabotage drills walks clients peers rest pages drill bench-code same-bytes

help:
	@echo "make demo    build, and run the lab; Ctrl-C ends it"
	@echo "make test    every check, test, drill and negative control"

demo: build
	@exec $(holdfast) lab

# One stage after the other; each prints its seconds. The drills use the program that the tests were run with.
test:
	@scripts/setup tests
	@SECONDS=0 && $(MAKE) --no-print-directory format web lints web-tests tests awdb-peers drills walks clients peers rest pages sabotage && \
	  echo "== all: passed, $$SECONDS s"

build: setup web
	@scripts/stage build cargo build $(ci) -p holdfast

# The desktop in the browser, which the server embeds. Without it the server is built all the same and says what is missing.
web:
	@scripts/stage web scripts/web

setup:
	@scripts/setup

format:
	@scripts/stage format cargo fmt --all --check

lints:
	@scripts/stage lints cargo clippy $(ci) --workspace --all-targets -- -D warnings
	@scripts/stage lints-peers cargo clippy $(ci) --workspace --test awdb_peers -- -D warnings

tests:
	@scripts/stage tests cargo test $(ci) --workspace --lib --bins --tests

# The AWDB client against servers that others wrote, or against a real pair that the environment names.
awdb-peers:
	@scripts/stage awdb-peers scripts/awdb-peers $(ci)

# Client failover in TypeScript against the table of the Rust machine, the team of a supervisor, what a desktop takes from
# its servers, and its workflows.
web-tests:
	@scripts/stage web-tests web/tests/failover/run
	@scripts/stage web-team web/tests/team/run
	@scripts/stage web-desk web/tests/desk/run
	@scripts/stage web-workflow web/tests/workflow/run

# Apart, since the nodes of this one test can be broken on purpose, and those of the program cannot.
sabotage:
	@scripts/stage sabotage cargo test $(ci) -p sim --features sabotage --test sabotage --test shrink

drills:
	@scripts/stage drill-cti $(holdfast) drill --only cti
	@scripts/stage drill-presence $(holdfast) drill --only presence
	@scripts/stage drill-client $(holdfast) drill --only client
	@scripts/stage drill-awdb $(holdfast) drill --only awdb
	@scripts/stage controls $(holdfast) drill --controls
	@scripts/stage bench $(holdfast) bench cti-failover --agents 50 --configured 200 --runs 2 --no-figures
	@scripts/stage settings $(holdfast) bench settings --kills 20
	@scripts/stage node-failover $(holdfast) bench node-failover --agents 50 --no-figures
	@scripts/stage bench-rest $(holdfast) bench rest --agents 50 --rate 200 --seconds 2 --no-figures
	@scripts/stage fanout $(holdfast) bench fanout --sessions 50 --rate 500 --seconds 2 --tls --no-figures
	@scripts/stage fanout-ws $(holdfast) bench fanout --sessions 50 --rate 500 --seconds 2 --transport ws --no-figures

walks:
	@scripts/stage exhaustive $(holdfast) sim --exhaustive
	@scripts/stage sim $(holdfast) sim --seeds 200

# Clients that others wrote, unchanged, through a whole day and a failover.
clients:
	@HOLDFAST=$(holdfast) scripts/stage clients scripts/clients

# TDS clients that others wrote, at the AWDB hosts of a lab.
peers:
	@HOLDFAST=$(holdfast) scripts/stage peers scripts/peers

# What the description of the API allows, and what it does not, at a node of a lab.
rest:
	@HOLDFAST=$(holdfast) scripts/stage rest scripts/rest

# The desktop in Chromium, through the death of its server in the middle of a call.
pages:
	@HOLDFAST=$(holdfast) scripts/stage pages web/tests/pages/run
	@HOLDFAST=$(holdfast) scripts/stage pages-bench web/tests/bench/run --agents 40 --rate 25 --seconds 1 --no-figures

# A seed leaves the same recording in every build profile. Apart, since it builds the simulation three times.
same-bytes:
	@scripts/stage same-bytes scripts/same-bytes

# Instructions of the codec and of the node, for one operation of each kind.
bench-code:
	@scripts/bench-code

# The drills alone.
drill: build drills
