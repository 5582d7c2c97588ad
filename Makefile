# Every command of the project. `make` alone lists them.
SHELL := /bin/sh
# Node 24 comes from npm (see package.json), so that a machine with Node 20 will do.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
.DEFAULT_GOAL := help

##@ Product
.PHONY: dev web-dev sample-parts demo-data
dev: install ## Run the product: page and API on one address (PORT, DATA_DIR)
	@exec node scripts/dev.ts
web-dev: install ## The same with hot reload of the page
	@exec node scripts/dev.ts --hot
sample-parts: install ## Draw sample photos with known defects into DIR (default .data/samples)
	@node scripts/sample-parts/write.ts $(or $(DIR),.data/samples)
demo-data: install ## Fill the database of `make dev` with made-up analyses (COUNT, DAYS, ARGS=--remove)
	@node scripts/demo-data.ts $(if $(COUNT),--count $(COUNT)) $(if $(DAYS),--days $(DAYS)) $(ARGS)

##@ Checks
.PHONY: test verify promises bench screens evaluate lint types format openapi
test: install-test ## Lint, types, page build and all everyday tests
	@node scripts/test.ts $(TESTS)
verify: install-test ## What is too long for everyday
	@node scripts/verify.ts
promises: install-test ## Break each promise by its patch, and see its test fail (ROWS="R3 D9", JOBS)
	@node scripts/promises.ts $(ROWS) $(ARGS)
bench: install ## Throughput and latency against a fake model
	@node bench/bench.ts $(ARGS)
screens: install ## Open every screen on demo data: time, requests, bytes (DATA_DIR)
	@node scripts/screens.ts
evaluate: install ## Precision and recall of an analyzer over labelled photos (ARGS="--analyzer azure DIR ...")
	@node scripts/evaluate.ts $(ARGS)
lint: install ## Lint and formatting
	@biome check .
types: install ## Type check of API, infrastructure and page
	@tsc --noEmit && tsc --noEmit -p web
format: install ## Mend lint and formatting
	@biome check --write .
openapi: install ## Write the page's client types from the API
	@node scripts/openapi.ts

##@ Database and images
.PHONY: migration migrate sweep
migration: install ## Generate a migration from drizzle/schema.ts (NAME=what_it_does)
	@drizzle-kit generate --name $(or $(NAME),change)
migrate: install ## Apply the migrations to DATABASE_URL
	@node api/database/migrate.ts
sweep: install ## List images without a row (ARGS=--delete removes them)
	@node scripts/sweep-images.ts $(ARGS)

##@ Infrastructure (ENV=account, prod or staging)
# A dependency of cdktf uses what Node has deprecated (DEP0044).
NODE_INFRA = node --disable-warning=DEP0044
INFRA = $(NODE_INFRA) scripts/infra/infra.ts
export ENV IMAGE_TAG SET CONFIRM NAME DB_PORT
.PHONY: synth modules validate plan apply destroy output drift cost secret rotate db-shell diagram rehearse addresses image
synth: install ## Write the Terraform of ENV (all stacks without it) to cdktf.out/stacks
	@$(INFRA) synth
modules: install ## Write every module as a Terraform folder of its own, with its README
	@$(INFRA) modules
validate: install ## terraform validate of every module and stack
	@$(INFRA) validate
plan: install ## Plan ENV: writes a plan file and a summary (IMAGE_TAG, SET="setting=value ...")
	@$(INFRA) plan
apply: install ## Apply the plan of ENV, and nothing else
	@$(INFRA) apply
destroy: install ## Destroy ENV, after its name has been typed
	@$(INFRA) destroy
output: install ## What runs in ENV: addresses, names, ARNs of secrets, no values
	@$(INFRA) output
drift: install ## Compare what runs in ENV with what is written
	@$(INFRA) drift
cost: install ## Monthly estimate of ENV beside the guide's table
	@$(INFRA) cost
secret: install ## Put a value into a secret of ENV (NAME=azure-api-key, typed without echo or piped in)
	@$(INFRA) secret
rotate: install ## Rotate a secret of ENV now (NAME=api-key or secret-key)
	@$(INFRA) rotate
db-shell: install ## Way to the private database of ENV (setting service.shell)
	@$(NODE_INFRA) scripts/db-shell.ts
diagram: install ## Draw docs/infrastructure/architecture.md
	@$(NODE_INFRA) scripts/infra/diagram.ts
rehearse: install ## Apply, re-plan, change and destroy on a simulated account
	@$(NODE_INFRA) scripts/infra/rehearse.ts
addresses: install ## Write the list of resource addresses that the tests compare
	@$(NODE_INFRA) scripts/infra/addresses.ts
image: install ## Build the container image here without Docker, and run it
	@node scripts/image/build.ts

##@ Set-up
.PHONY: install install-test clean help
install: node_modules/.installed ## Install the npm packages
node_modules/.installed: package-lock.json package.json
	@sh scripts/install.sh npm
	@touch $@
install-test: install ## Install what the tests need besides (Debian packages)
	@sh scripts/install.sh test
clean: ## Remove what was built, not the data
	@rm -rf web/dist cdktf.out .tap
help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
