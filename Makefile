.DEFAULT_GOAL := help
SHELL := /bin/bash
CONFIGURATION ?= Release
OUTPUT := artifacts/bin
FLAVOUR := $(shell echo $(CONFIGURATION) | tr A-Z a-z)
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
export TEST_KUBECONFIG E2E_IMAGE

.PHONY: help demo test e2e lint manifests bench soak chaos clean prerequisites test-prerequisites control-plane build

help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(if $(KUBECONFIG),,control-plane) build ## Run a Workflow on a local Kubernetes API (KEEP=1 stays up; KUBECONFIG=... uses your cluster)
	@dotnet $(OUTPUT)/AgentOperator.Demo/$(FLAVOUR)/agent-operator-demo.dll $(if $(KEEP),--keep)

test: test-prerequisites control-plane build ## Run every test
	@eng/test.sh $(CONFIGURATION)

e2e: build ## Run the end-to-end tests on a cluster of yours (TEST_KUBECONFIG=... E2E_IMAGE=...)
	@[ -n "$$TEST_KUBECONFIG" ] && [ -n "$$E2E_IMAGE" ] || { echo 'Say where: make e2e TEST_KUBECONFIG=~/.kube/config E2E_IMAGE=registry.example.com/samples:0.1' >&2; exit 1; }
	@dotnet test tests/AgentOperator.EndToEnd -c $(CONFIGURATION) --no-build --filter 'Cluster!=local' --logger "console;verbosity=normal"

lint: build ## Check the code style and the generated files
	@eng/lint.sh $(CONFIGURATION)

manifests: build ## Write config/ and docs/api.md from the code
	@dotnet $(OUTPUT)/AgentOperator.Manifests/$(FLAVOUR)/AgentOperator.Manifests.dll

bench: control-plane build ## Measure, and write artifacts/bench.json
	@dotnet $(OUTPUT)/AgentOperator.Bench/$(FLAVOUR)/agent-operator-bench.dll

soak: control-plane build ## Inject faults between client and server for ten minutes
	@FAULT_SECONDS=600 dotnet test tests/AgentOperator.EndToEnd -c $(CONFIGURATION) --no-build --filter FullyQualifiedName~FaultTests --logger "console;verbosity=detailed"

chaos: control-plane build ## Kill, cut and refuse during 1,200 workflows, twice, and write artifacts/chaos*.json (CHAOS_WORKFLOWS=..., CHAOS_SEED=...)
	@CHAOS_WORKFLOWS=$${CHAOS_WORKFLOWS:-1200} dotnet test tests/AgentOperator.EndToEnd -c $(CONFIGURATION) --no-build --filter FullyQualifiedName~ChaosTests --logger "console;verbosity=detailed"

clean: ## Delete what was built (the control plane's cache stays)
	@rm -rf artifacts

prerequisites:
	@eng/prerequisites.sh

test-prerequisites:
	@eng/prerequisites.sh test

control-plane: prerequisites
	@[ -n "$$KUBEBUILDER_ASSETS" ] || local/controlplane/build.sh > /dev/null

build: prerequisites
	@eng/build.sh $(CONFIGURATION)
