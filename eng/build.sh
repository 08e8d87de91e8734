#!/usr/bin/env bash
# Restores and builds everything: quiet when it works, the compiler's words when it does not.
set -euo pipefail
configuration=${1:-Release}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p artifacts
log=artifacts/build.log
started=$SECONDS
if [ -t 2 ]; then echo "Building (a minute the first time)…" >&2; fi
if ! dotnet build AgentOperator.sln -c "$configuration" -v quiet -nologo > "$log" 2>&1; then
    grep -E 'error|warning' "$log" | sort -u | head -n 40 >&2 || tail -n 40 "$log" >&2
    echo "The build failed; all of it is in $log." >&2
    exit 1
fi
echo "Built in $((SECONDS - started)) s." >&2
