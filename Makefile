.DEFAULT_GOAL := help
SHELL := /bin/bash
CONFIGURATION ?= Release
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

.PHONY: help demo test lint manifests bench clean prerequisites control-plane build

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1|\2/' | column -t -s '|'

demo: control-plane build ## Run a Workflow on a local Kubernetes API (KEEP=1 stays up; KUBECONFIG=... uses your cluster)
	@dotnet artifacts/bin/AgentOperator.Demo/$(shell echo $(CONFIGURATION) | tr A-Z a-z)/agent-operator-demo.dll $(if $(KEEP),--keep)

test: control-plane build ## Run every test
	@eng/test.sh $(CONFIGURATION)

lint: prerequisites ## Check the code style and the generated files
	@eng/lint.sh $(CONFIGURATION)

manifests: build ## Write config/crd from the records
	@dotnet run --no-build -c $(CONFIGURATION) --project tools/AgentOperator.Manifests

bench: control-plane build ## Measure, and write artifacts/bench.json
	@dotnet artifacts/bin/AgentOperator.Bench/$(shell echo $(CONFIGURATION) | tr A-Z a-z)/agent-operator-bench.dll

clean: ## Delete what was built (the control plane's cache stays)
	@rm -rf artifacts
	@find src tests tools bench -type d -name obj -prune -exec rm -rf {} +

prerequisites:
	@eng/prerequisites.sh

control-plane: prerequisites
	@[ -n "$$KUBEBUILDER_ASSETS" ] || local/controlplane/build.sh > /dev/null

build: prerequisites
	@eng/build.sh $(CONFIGURATION)
