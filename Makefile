SHELL := /bin/bash
.DEFAULT_GOAL := help
run := .venv/bin/python -m todo_local
sources := services/kit/src $(addsuffix /src,$(shell sed -n 's/^folder = "\(.*\)"/\1/p' services.toml)) infra/local/src terminal/src

.PHONY: help
help: ## What there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.PHONY: install
install: ## Install what the suite needs from its locks (the other targets do it too)
	@scripts/bootstrap.sh

.PHONY: test
test: install ## Every test, on real Postgres, Dapr, Kafka and a real browser (PYTEST_ARGS="-k name" for some)
	@$(run) prepare || echo "NOT TESTED on Dapr and Kafka: see above for what this machine lacks" >&2
	@.venv/bin/python -m tests.cluster.programs || echo "NOT TESTED on a Kubernetes API server: see above" >&2
	@$(run) build-web
	.venv/bin/pytest $(PYTEST_ARGS)
	scripts/test-web.sh

.PHONY: test-cluster
test-cluster: install ## The suite on a real Kubernetes of one node on this machine (root, and the packages that it names)
	@$(run) prepare
	@$(run) build-web --install-only
	digest=$$(.venv/bin/python -m tests.cluster.stamp --digest) && \
	.venv/bin/python -m tests.cluster.images && \
	TODO_CLUSTER=1 unshare --net --mount --pid --fork --mount-proc --kill-child --propagation private \
		.venv/bin/pytest tests/cluster -x -s $(PYTEST_ARGS) && \
	$(if $(PYTEST_ARGS),true,.venv/bin/python -m tests.cluster.stamp --write $$digest)

.PHONY: test-web
test-web: install ## The web UI's tests alone (ARGS="e2e/tasks.spec.ts" for some of those in the browser)
	scripts/test-web.sh $(ARGS)

.PHONY: fuzz-page
fuzz-page: install ## Look for lost changes in the page: random sequences on a slow machine and network (N=200 SEED=1)
	@$(run) build-web
	cd frontend && RACES=$(or $(N),200) RACES_SEED=$(or $(SEED),1) npx playwright test races.spec.ts --reporter=list --trace off

.PHONY: screenshots
screenshots: install ## Take the pictures of docs/screenshots anew
	@$(run) build-web
	cd frontend && SCREENSHOTS=1 npx playwright test

.PHONY: lint
lint: install ## Style, types and import boundaries
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy $(sources) conftest.py tests backend/tests terminal/tests
	.venv/bin/lint-imports
	@if command -v gofmt > /dev/null; then test -z "$$(gofmt -l infra)" || { gofmt -d infra; exit 1; }; fi

.PHONY: check
check: install ## The inner loop, under a minute: style, types, and the tests that need no database
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint check-units check-web

.PHONY: check-units
check-units:
	.venv/bin/pytest -q -m "not slow and not integration" backend services infra/local terminal

.PHONY: check-web
check-web:
	@$(run) build-web --install-only
	cd frontend && npm run --silent check && npx vitest run --changed --passWithNoTests

.PHONY: format
format: install ## Format the code
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	@$(run) build-web --install-only
	cd frontend && npm run --silent format

.PHONY: lock
lock: install ## Write requirements.lock anew (ARGS=--upgrade for newer versions)
	PATH=.venv/bin:$$PATH scripts/lock.sh $(ARGS)

.PHONY: up
up: install ## Start the suite in the background and wait until it is ready (API=1 without the web UI)
	@$(run) up $(if $(API),--api)

.PHONY: up-dapr
up-dapr: install ## The same with real daprd and Kafka (STATE=redis keeps Dapr's state in Redis)
	@$(if $(STATE),TODO_STATE_STORE=$(STATE)) $(run) up --dapr

.PHONY: stores
stores: install ## Kafka and Postgres alone, for people who have the Dapr CLI (dapr run -f .)
	@$(run) up --stores

.PHONY: down
down: ## Stop it; data is kept
	@$(run) down

.PHONY: status
status: ## What runs, since when, and how much memory it takes
	@$(run) status

.PHONY: lag
lag: ## How many events each consumer has still to take
	@$(run) lag

.PHONY: logs
logs: ## The logs (PART=sidecar for one, FOLLOW=1 to go on)
	@$(run) logs $(PART) $(if $(FOLLOW),--follow)

.PHONY: mail
mail: ## The last mails about accounts, with their links (without an SMTP server none leave this machine)
	@$(run) mail

.PHONY: accounts
accounts: ## List accounts, or change one: make accounts DO="lock ann@example.com" (unlock, reset-second-factor, delete)
	@$(run) accounts $(or $(DO),list)

.PHONY: reset
reset: ## Stop and forget all local data (YES=1 without asking)
	@$(run) reset $(if $(YES),--yes)

.PHONY: token
token: install ## A token for an hour: make token FOR=alice (TTL=60 for a minute)
	@$(run) token $(FOR) $(if $(TTL),--seconds $(TTL))

.PHONY: contracts
contracts: install ## Write the contracts in specs/ from the code, and the web UI's types from them
	.venv/bin/python scripts/contracts.py
	@$(run) build-web --install-only
	cd frontend && npm run --silent api

.PHONY: daprd
daprd: install ## Build Dapr's sidecar, once a machine, and say where it is (an installed one of the version serves too)
	@.venv/bin/python -m todo_local.daprd

.PHONY: bench-mcp
bench-mcp: install ## Measure the assistant: tool calls over MCP at 50 clients, and a turn of a conversation
	.venv/bin/python -m tests.load.mcp

.PHONY: bench-events
bench-events: install ## Measure the events: the bare pipe, the suite on Dapr and Kafka, and on the local sidecar
	.venv/bin/python -m tests.load.events $(ARGS)

.PHONY: bench-page
bench-page: install ## Measure the page with 10,000 tasks, beside its budgets
	@$(run) build-web
	cd frontend && FIGURES=1 npx playwright test --reporter=list --trace off

.PHONY: bench-rules
bench-rules: install ## Compare the dates of 100,000 random rules with those of dateutil, and time them (ARGS="--number 1000")
	.venv/bin/python -m tests.recurrence $(ARGS)

.PHONY: bench
bench: install ## Measure the running suite and print tables (ARGS="http yardstick people effects events memory million" for some)
	.venv/bin/python -m tests.load $(ARGS)
