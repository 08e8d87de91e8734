#!/usr/bin/env bash
# Restores and builds everything: quiet when it works, the compiler's words when it does not.
# When no source is newer than the last build there is nothing to do, and MSBuild need not find that out.
set -euo pipefail
configuration=${1:-Release}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
artifacts=artifacts
stamp=$artifacts/.built-$configuration
log=$artifacts/build.log
mkdir -p "$artifacts"

# Two builds at once would write the same files; the second finds all done.
exec 9> "$artifacts/.building.lock"
flock 9

# A folder is newer when a file in it was added or removed.
sources=(AgentOperator.sln Directory.*.* global.json .editorconfig eng src tests tools bench)
if [ -f "$stamp" ] && [ -z "$(find "${sources[@]}" \( -name obj -o -name bin \) -prune -o -newer "$stamp" -print -quit)" ]; then
    exit 0
fi

started=$SECONDS
next=$(mktemp "$artifacts/.building.XXXXXX")
trap 'rm -f "$next"' EXIT
echo "Building (a minute or two the first time)…" >&2
locked=()
[ "${CI:-}" = true ] && locked=(-p:RestoreLockedMode=true)
if ! dotnet build AgentOperator.sln -c "$configuration" -v quiet -nologo "${locked[@]}" > "$log" 2>&1 9>&-; then
    grep -E 'error|warning' "$log" | sort -u | head -n 40 >&2 || tail -n 40 "$log" >&2
    echo "The build failed; all of it is in $log." >&2
    exit 1
fi
mv "$next" "$stamp"
echo "Built in $((SECONDS - started)) s." >&2
