#!/usr/bin/env bash
# What the compiler does not check: formatting, generated files, shell scripts.
set -euo pipefail
configuration=${1:-Release}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet format AgentOperator.sln --verify-no-changes --no-restore --severity warn --exclude artifacts
dotnet run -c "$configuration" --project tools/AgentOperator.Manifests -- --check
for script in eng/*.sh local/controlplane/*.sh .ci/run; do bash -n "$script"; done
if command -v shellcheck > /dev/null; then shellcheck -x -P SCRIPTDIR -S warning eng/*.sh local/controlplane/*.sh .ci/run examples/quickstart/quickstart examples/code-review/code-review examples/deploy-service/deploy-service; else echo "shellcheck is not installed: shell scripts were only parsed"; fi
