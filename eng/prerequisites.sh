#!/usr/bin/env bash
# Checks what the build and the local cluster need, with "test" also what the tests need, and installs the Debian packages among it.
set -euo pipefail

# make demo and make test in two terminals: apt-get lets one in at a time, and fails the other.
if command -v flock > /dev/null; then
    exec 9> "${TMPDIR:-/tmp}/agent-operator-prerequisites-$(id -u).lock"
    flock 9
fi

sdk=10
if ! command -v dotnet > /dev/null || ! dotnet --list-sdks | grep -q "^$sdk\."; then
    echo "The .NET SDK $sdk is needed and was not found on PATH." >&2
    echo "  Install it as https://learn.microsoft.com/dotnet/core/install/linux says, then try again." >&2
    exit 1
fi

missing=()
need() { # command, package
    command -v "$1" > /dev/null || missing+=("$2")
}
need bwrap bubblewrap
need setpriv util-linux
need flock util-linux
need xz xz-utils
# python3-minimal has the command, but not these modules.
python3 -c 'import json, http.server, ssl' 2> /dev/null || missing+=(python3)
if [ "${1:-}" = test ]; then
    need curl curl
    need openssl openssl
    need lua5.4 lua5.4
fi
[ ${#missing[@]} -eq 0 ] && exit 0

packages=$(printf '%s\n' "${missing[@]}" | sort -u | tr '\n' ' ')
if ! command -v apt-get > /dev/null; then
    echo "These commands are needed and were not found; on Debian they are in: $packages" >&2
    exit 1
fi

root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo > /dev/null || ! { sudo -n true 2> /dev/null || [ -t 0 ]; }; then
        echo "These packages are needed, and installing them takes root. Run:" >&2
        echo "  sudo apt-get install -y $packages" >&2
        exit 1
    fi
    root=(sudo)
fi

echo "Installing $packages" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086
if ! { "${root[@]}" apt-get update && "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages; } > "$log" 2>&1; then
    tail -n 15 "$log" >&2
    echo "apt-get could not install: $packages" >&2
    exit 1
fi
