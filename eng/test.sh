#!/usr/bin/env bash
# Runs every test project and ends with one line: N passed, N failed.
set -uo pipefail
configuration=${1:-Release}
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

passed=0 failed=0 skipped=0 broken=0 names=

started=$SECONDS
local/controlplane/test.sh > "$results/controlplane.log" 2>&1
good=$(grep -c '^ok ' "$results/controlplane.log")
bad=$(grep -c '^FAIL' "$results/controlplane.log")
passed=$((passed + good)) failed=$((failed + bad))
echo "local/controlplane: $good passed, $bad failed ($((SECONDS - started)) s)"
if [ "$bad" -gt 0 ] || ! grep -q '^all .* checks passed' "$results/controlplane.log"; then
    [ "$bad" -gt 0 ] || broken=$((broken + 1))
    grep -v '^ok ' "$results/controlplane.log" | tail -n 60
fi

for project in tests/*.Tests/*.csproj tests/AgentOperator.EndToEnd/*.csproj; do
    [ -f "$project" ] || continue
    name=$(basename "$project" .csproj)
    started=$SECONDS
    dotnet test "$project" -c "$configuration" --no-build --nologo -v quiet \
        --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results" > "$results/$name.log" 2>&1
    code=$?
    counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2> /dev/null)
    count() { sed -nE "s/.* $1=\"([0-9]+)\".*/\1/p" <<< "$counters"; }
    if [ -z "$counters" ]; then
        broken=$((broken + 1))
        echo "$name: no test ran" >&2
        tail -n 30 "$results/$name.log" >&2
        continue
    fi
    good=$(count passed) bad=$(count failed) total=$(count total) ran=$(count executed)
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - ran))
    echo "$name: $good passed, $bad failed, $((total - ran)) skipped ($((SECONDS - started)) s)"
    if [ "$bad" -gt 0 ] || [ "$code" -ne 0 ]; then
        [ "$bad" -gt 0 ] || broken=$((broken + 1))
        cat "$results/$name.log"
        names+=$(grep -E '^ +Failed .* \[[0-9<]' "$results/$name.log" | sed "s/^ */$name: /")$'\n'
    fi
done
[ "$skipped" -eq 0 ] || echo "$skipped were skipped; the logs in $results say why"
[ -z "${names//[[:space:]]/}" ] || echo "$names"
echo "$passed passed, $((failed + broken)) failed"
[ $((failed + broken)) -eq 0 ] && [ "$passed" -gt 0 ]
