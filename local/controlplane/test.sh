#!/usr/bin/env bash
# Starts etcd and the API server on free ports and checks, through kubectl and
# the plain API, what the project relies on. Prints a line per check; exits with
# the number of failures.
#
#   test.sh [assets folder]     default: $KUBEBUILDER_ASSETS, else what build.sh makes
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
assets=${1:-${KUBEBUILDER_ASSETS:-}}
if [[ -z $assets ]]; then
    assets=$("$here/build.sh") || exit 1
fi
for tool in curl openssl python3; do
    command -v "$tool" >/dev/null || { echo "test.sh needs $tool" >&2; exit 1; }
done

work=$(mktemp -d)
pids=()
stop() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
    wait 2>/dev/null
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

free_ports() {
    python3 - "$1" <<'PY'
import socket, sys
taken = [socket.socket() for _ in range(int(sys.argv[1]))]
for s in taken: s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in taken))
PY
}

# shellcheck source-path=SCRIPTDIR source=test/lib.sh
source "$here/test/lib.sh"

start_servers || exit 1
for part in "$here"/test/checks-*.sh; do
    # shellcheck disable=SC1090
    source "$part"
done

echo
if ((failures > 0)); then
    echo "$failures of $checks checks failed"
    exit 1
fi
echo "all $checks checks passed"
