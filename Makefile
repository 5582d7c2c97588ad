# Every command of the project. `make` alone lists them.
SHELL := /bin/sh
# Node 24 comes from npm (see package.json), so that a machine with Node 20 will do.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
.DEFAULT_GOAL := help
# A dependency of cdktf uses what Node has deprecated (DEP0044).
NODE_INFRA = node --disable-warning=DEP0044

##@ Product
.PHONY: dev web-dev sample-parts demo-data
dev: install ## Run the product: page and API on one address (PORT, DATA_DIR)
	@exec node scripts/dev.ts
web-dev: install ## The same with hot reload of the page
	@exec node scripts/dev.ts --hot
sample-parts: install ## Draw sample photos with known defects into DIR (default .data/samples)
	@node scripts/sample-parts.ts $(or $(DIR),.data/samples)
demo-data: install ## Fill the database of `make dev` with made-up analyses (COUNT, DAYS, ARGS=--remove)
	@node scripts/demo-data.ts $(if $(COUNT),--count $(COUNT)) $(if $(DAYS),--days $(DAYS)) $(ARGS)

##@ Checks
.PHONY: test verify bench evaluate photo-gate screens screenshots lighthouse lint types format openapi checklist loadtest scan
export URL API_URL SCENARIO DURATION ALLOW_HOST
test: install-test ## Lint, types, page build and all everyday tests
	@node scripts/test.ts $(TESTS)
verify: install-test ## What is too long for everyday (ARGS=--all: also drills and the rehearsed deployment)
	@node scripts/verify.ts $(ARGS)
bench: install ## Throughput and latency against a fake model
	@node bench/bench.ts $(ARGS)
evaluate: install ## Precision and recall of an analyzer over labelled photos (ARGS="--analyzer azure DIR ...")
	@node ops/evaluate.ts $(ARGS)
photo-gate: install ## Which photos the gate would not judge: usable ones, and ones spoiled step by step (ARGS="--every 12 DIR")
	@node scripts/photo-gate.ts $(ARGS)
screens: install-test ## Open every screen over 100,000 made-up analyses: time, requests, bytes (COUNT, DATA_DIR)
	@node scripts/screens.ts
screenshots: install-test ## Write docs/screenshots
	@node scripts/screenshots.ts
lighthouse: install-test ## Lighthouse, mobile, on every screen (JUDGE=performance on a quiet machine)
	@sh scripts/install.sh lighthouse
	@node scripts/lighthouse.ts
lint: install ## Lint, formatting, and which files may import which
	@biome check .
	@npm run --silent lint:imports
types: install ## Type check of API, infrastructure and page
	@tsc --noEmit && tsc --noEmit -p web
format: install ## Mend lint and formatting
	@biome check --write .
openapi: install ## Write the page's client types from the API
	@node scripts/openapi.ts
checklist: install ## The guide's post-deployment checklist (URL, API_URL or ENV; ARGS="--json --strict")
	@$(NODE_INFRA) ops/checklist.ts $(ARGS)
loadtest: install ## Load on URL by a SCENARIO: smoke, load, spike, soak (DURATION=seconds, ALLOW_HOST)
	@node bench/loadtest/loadtest.ts $(ARGS)
scan: install ## ZAP baseline scan of URL in a container, and npm audit (ARGS=-I, ALLOW_HOST)
	@node scripts/scan.ts $(ARGS)

##@ Database and images
export PRODUCT BEFORE ROWS PERSON
.PHONY: migration migrate sweep delete-product
migration: install ## Generate a migration from drizzle/schema.ts (NAME=what_it_does)
	@drizzle-kit generate --name $(or $(NAME),change)
migrate: install ## Apply the migrations to DATABASE_URL
	@node api/database/migrate.ts
sweep: install ## List images without a row (ARGS=--delete removes them)
	@node ops/sweep-images.ts $(ARGS)
delete-product: install ## Count a product's pictures and results; with CONFIRM delete (PRODUCT, BEFORE, ROWS=delete, PERSON)
	@node ops/delete-product.ts

##@ Infrastructure (ENV=account, prod or staging)
INFRA = $(NODE_INFRA) ops/infra.ts
export ENV IMAGE_TAG TAG SET CONFIRM NAME DB_PORT REVIEWED REFRESH LOCK PLATFORMS SMOKE_API_KEY
.PHONY: synth modules validate lock plan apply destroy state output drift cost secret secret-ages rotate db-shell diagram rehearse walkthrough addresses image
synth: install ## Write the Terraform of ENV (all stacks without it) to cdktf.out/stacks
	@$(INFRA) synth
modules: install ## Write every module as a Terraform folder of its own, with its README
	@$(INFRA) modules
validate: install ## terraform validate of every module and stack
	@$(INFRA) validate
lock: install ## Write stacks/locks: the provider's checksums for all platforms (needs a registry; PLATFORMS)
	@$(INFRA) lock
plan: install ## Plan ENV: writes a plan file and a summary (IMAGE_TAG, SET="setting=value ...")
	@$(INFRA) plan
apply: install ## Apply the plan of ENV, and nothing else
	@$(INFRA) apply
destroy: install ## Destroy ENV, after its name has been typed
	@$(INFRA) destroy
state: install ## Move the state of ENV's first apply from this machine into its bucket
	@$(INFRA) state
output: install ## What runs in ENV: addresses, names, ARNs of secrets, no values
	@$(INFRA) output
drift: install ## Compare what runs in ENV with what is written
	@$(INFRA) drift
cost: install ## Monthly estimate of ENV beside the guide's table
	@$(INFRA) cost
secret: install ## Put a value into a secret of ENV (NAME=azure-api-key, typed without echo or piped in)
	@$(INFRA) secret
secret-ages: install ## How old the secrets of ENV are that people rotate; fails over 90 days
	@$(INFRA) secret-ages
rotate: install ## Rotate a secret of ENV now (NAME=api-key or secret-key)
	@$(INFRA) rotate
db-shell: install ## Way to the private database of ENV (setting service.shell)
	@$(NODE_INFRA) ops/db-shell.ts
diagram: install ## Draw docs/infrastructure/architecture.md
	@$(NODE_INFRA) scripts/diagram.ts
rehearse: install ## Apply, re-plan, change and destroy on a simulated account
	@$(NODE_INFRA) test/rehearsal/infrastructure.ts
	@$(NODE_INFRA) test/rehearsal/role.ts
walkthrough: install ## README's first deployment, command by command, from a clean clone on a simulated account
	@$(NODE_INFRA) test/walkthrough/walkthrough.ts
addresses: install ## Write the list of resource addresses that the tests compare
	@$(NODE_INFRA) scripts/addresses.ts
image: install ## Build the container image here without Docker, and run it
	@node test/container-image/build.ts

##@ Delivery (ENV=prod or staging; docs/delivery.md)
DEPLOY = $(NODE_INFRA) ops/deploy.ts
.PHONY: publish deploy release web-deploy restart rollback smoke comment issue drill
publish: install ## Image of this commit into the registry, scanned (critical findings stop it)
	@$(DEPLOY) publish
deploy: install ## Publish, plan, ask, apply, wait, page, smoke test; put back what fails
	@$(DEPLOY) deploy
release: install ## The same from the reviewed plan of ENV on (make plan)
	@$(DEPLOY) release
web-deploy: install ## Build the page for ENV and serve it
	@$(DEPLOY) web
restart: install ## New tasks of the image that runs: they read their secrets anew
	@$(DEPLOY) restart
rollback: install ## Bring an older image back, with its page (TAG)
	@$(DEPLOY) rollback
smoke: install ## Look at page and API of ENV as a user would (SMOKE_API_KEY: analyse a part too)
	@$(DEPLOY) smoke
comment: install ## (in workflow runs of GitHub) write SUMMARY under TITLE to the pull request
	@node ops/github.ts comment
issue: install ## (in workflow runs of GitHub) write SUMMARY under TITLE to an issue
	@node ops/github.ts issue
drill: install ## Break something on purpose and see it heal (NAME; none lists them)
	@$(NODE_INFRA) ops/drill.ts

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
