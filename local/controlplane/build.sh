#!/usr/bin/env bash
# Builds the local cluster's control plane (etcd, kube-apiserver, kubectl) from
# Debian's packages, once, into the user's cache folder. Prints that folder on
# stdout and everything else on stderr.
#
#   build.sh           build what is missing, print the folder
#   build.sh --path    print the folder; exit 1 if it is not built. Builds nothing
#
# Needs apt-get (Debian or Ubuntu), about 5 GB while it builds, no root and no
# containers: the packages are downloaded and unpacked, never installed.
#
#   DEBIAN_MIRROR    mirror to download from; default: the one this host's apt
#                    uses, else ftp.debian.org. A snapshot.debian.org address
#                    pins the versions
#   DEBIAN_SUITE     default: sid
#   XDG_CACHE_HOME   default: ~/.cache
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
suite=${DEBIAN_SUITE:-sid}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/agent-operator/controlplane
packages=(golang-go etcd-server kubectl golang-k8s-apiextensions-apiserver-dev)
module=agentoperator.dev/controlplane
models=agentoperator.dev/generated/openapi
# The packages whose types are described by /openapi: without a model, neither
# server-side apply nor explain works on a kind.
model_sources=(
    k8s.io/api/{admissionregistration,apps,authentication,authorization,autoscaling,batch,certificates}/v1
    k8s.io/api/{coordination,core,discovery,events,networking,policy,rbac,scheduling,storage}/v1
    k8s.io/api/autoscaling/v2
    k8s.io/apimachinery/pkg/{apis/meta/v1,runtime,version,api/resource,util/intstr}
    k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1
)

say() { printf '%s\n' "$*" >&2; }
die() {
    say "build.sh: $1"
    shift
    (($# == 0)) || printf '  %s\n' "$@" >&2
    exit 1
}

case $(uname -m) in
    x86_64) arch=amd64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) die "no control plane for $(uname -m): amd64 and arm64 only" ;;
esac

digest() { sha256sum | cut -c1-16; }

sources() { cd "$here" && find cmd internal build.sh -type f ! -name '*_test.go' | LC_ALL=C sort; }

inputs=$(cd "$here" && { sources | xargs sha256sum; echo "$arch"; } | digest)
assets=$cache/$inputs
# What comes from Debian is kept apart from what is built with it, so that a
# change of the Go sources takes seconds.
kit=$cache/debian-$(printf '%s\n' "$arch" "$suite" "${packages[@]}" "${model_sources[@]}" | digest)

built() { [[ -x $assets/etcd && -x $assets/kube-apiserver && -x $assets/kubectl ]]; }

case ${1:-} in
    '') ;;
    --path)
        echo "$assets"
        built
        exit
        ;;
    *) die "unknown argument: $1" 'usage: build.sh [--path]' ;;
esac
if built; then
    echo "$assets"
    exit
fi

temporary=''
running=''
logs=$cache/logs

# shellcheck disable=SC2329 # called by the trap
clean_up() {
    [[ -z $running ]] || kill -- "-$running" 2>/dev/null || true
    [[ -z $temporary ]] || rm -rf --one-file-system "$temporary"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# phase N TITLE FUNCTION [HELP]: runs the function, its output into a log.
phase() {
    local label="[$1/5] $2" log="$logs/$1-$3.log" began=$SECONDS status=0
    # A process group of its own, so that an interrupt ends all of it.
    set -m
    (set -e; "$3") >"$log" 2>&1 </dev/null &
    running=$!
    set +m
    if [[ -t 2 ]]; then
        while kill -0 "$running" 2>/dev/null; do
            printf '\r%s… %d s ' "$label" $((SECONDS - began)) >&2
            sleep 0.3
        done
        printf '\r' >&2
    else
        printf '%s… ' "$label" >&2
    fi
    wait "$running" || status=$?
    running=''
    [[ ! -t 2 ]] || printf '%s… ' "$label" >&2
    if ((status != 0)); then
        say "failed after $((SECONDS - began)) s"
        tail -n 15 "$log" | cut -c1-300 | sed 's/^/    /' >&2
        die "the whole log is $log" "${@:4}"
    fi
    say "$((SECONDS - began)) s"
}

mirror() {
    local found=''
    if [[ -n ${DEBIAN_MIRROR:-} ]]; then
        echo "$DEBIAN_MIRROR"
        return
    fi
    if grep -qs '^ID=debian' /etc/os-release; then
        # The archive itself, not its security updates and not other repositories.
        found=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2>/dev/null |
            grep -E '^(deb|URIs:)' | grep -Eo 'https?://[^] ]+/debian/?( |$)' | head -n 1 | tr -d ' ') || true
    fi
    echo "${found:-http://ftp.debian.org/debian}"
}

keyring() {
    local file
    for file in "$temporary"/keyring/usr/share/keyrings/debian-archive-keyring.{pgp,gpg} /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
        if [[ -s $file ]]; then
            echo "$file"
            return
        fi
    done
    return 1
}

# fetch_keyring gets Debian's keys as a package of the host's own distribution.
fetch_keyring() (
    mkdir -p "$temporary/keyring" && cd "$temporary/keyring"
    apt-get download debian-archive-keyring && dpkg-deb -x ./*.deb .
)

# private_apt uses the host's apt with its proxies, credentials and certificates,
# but with lists and a package database of its own, where nothing is installed.
private_apt() { apt-get -c "$temporary/apt/apt.conf" "$@"; }

write_apt_config() {
    local root=$temporary/apt url options
    url=$(mirror)
    options="signed-by=$(keyring)"
    [[ $url != *snapshot.debian.org* ]] || options+=' check-valid-until=no'
    mkdir -p "$root"/{state/lists/partial,cache/archives/partial,packages}
    : >"$root/state/status"
    : >"$root/none"
    echo "deb [$options] $url $suite main" >"$root/sources.list"
    cat >"$root/apt.conf" <<CONF
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear APT::Architectures;
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Default-Release "";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::Retries "3";
Dir::State "$root/state";
Dir::State::status "$root/state/status";
Dir::Cache "$root/cache";
Dir::Etc::sourcelist "$root/sources.list";
Dir::Etc::sourceparts "$root/none";
Dir::Etc::preferences "$root/none";
Dir::Etc::preferencesparts "$root/none";
CONF
}

download() {
    local wanted
    keyring || fetch_keyring
    write_apt_config
    cat "$temporary/apt/sources.list"
    private_apt update
    # All that the packages need, less the system's own libraries and tools.
    wanted=$(private_apt -qq --simulate install "${packages[@]}" |
        awk '$1 == "Inst" && $2 ~ /^(golang-|etcd-server|kubectl)/ { print $2 }')
    [[ -n $wanted ]]
    cd "$temporary/apt/packages"
    # shellcheck disable=SC2086 # a list of names
    private_apt -q download $wanted
}

unpack() {
    local package root=$temporary/root
    mkdir -p "$root"
    for package in "$temporary"/apt/packages/*.deb; do
        dpkg-deb --fsys-tarfile "$package"
    done | tar -x -C "$root" --ignore-zeros --no-same-owner \
        --wildcards './usr/share/gocode/src*' './usr/lib/go-*' './usr/share/go-*' './usr/bin/etcd' './usr/bin/kubectl'
    rm -rf "$temporary/apt/cache"
    slim "$root"
}

# slim keeps the toolchain and the libraries' files that are compiled: a tenth.
slim() {
    local root=$1 new=$temporary/kit
    mkdir -p "$new"/{bin,src}
    cp "$root"/usr/bin/{etcd,kubectl} "$new/bin/"
    mkdir "$new/go"
    (cd "$root"/usr/lib/go-*/ && tar -ch --exclude=./test --exclude=./misc --exclude=./api --exclude=testdata .) | tar -x -C "$new/go"
    basename "$temporary"/apt/packages/golang-k8s-apiserver-dev_*.deb | sed -E 's/.*_0\.([0-9.]+)[-+~].*/v1.\1/' >"$new/version"
    find "$temporary/apt/packages" -name '*.deb' -printf '%f\n' | sort >"$new/packages"
    # The generated models import what their sources do.
    go_in "$new/go" "$temporary/own:$root/usr/share/gocode" list -deps -f "$kept_files" \
        "$module/..." k8s.io/kube-openapi/cmd/openapi-gen "${model_sources[@]}" \
        >"$temporary/files"
    cd "$root/usr/share/gocode/src"
    # In GOPATH mode a go.mod decides how its tree's import paths are read.
    { sed -n "s|^$PWD/||p" "$temporary/files"; find . -name go.mod -printf '%P\n'; } | sort -u |
        tar -ch -T - | tar -x -C "$new/src"
    chmod -R u+w "$new"
}

# shellcheck disable=SC2016 # a Go template
kept_files='{{if not .Standard}}{{$d := .Dir}}
{{- range .GoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}
{{- range .SFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}
{{- range .HFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}
{{- range .EmbedFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}{{end}}'

# go_in GOROOT GOPATH ARGUMENT…
go_in() {
    local root=$1 path=$2
    shift 2
    env -u GOFLAGS GOROOT="$root" GOPATH="$path" GOCACHE="$cache/go-build" GOENV=off GO111MODULE=off \
        GOTOOLCHAIN=local GOTELEMETRY=off CGO_ENABLED=0 GOOS=linux GOARCH="$arch" "$root/bin/go" "$@"
}

# The sources where GOPATH expects them, and a stand-in for what is generated.
lay_out_sources() {
    mkdir -p "$temporary/own/src/$module" "$temporary/own/src/$models"
    (cd "$here" && cp -r cmd internal "$temporary/own/src/$module/")
    echo 'package openapi' >"$temporary/own/src/$models/empty.go"
}

kit_suffices() {
    [[ -s $kit/version && -d $kit/models/src/$models ]] &&
        go_in "$kit/go" "$temporary/own:$kit" list -deps "$module/..." >/dev/null 2>&1
}

generate_models() {
    local new=$temporary/kit out=$temporary/kit/models/src/$models
    mkdir -p "$out"
    : >"$temporary/no-header"
    go_in "$new/go" "$new" build -trimpath -gcflags=all=-dwarf=false -o "$temporary/openapi-gen" k8s.io/kube-openapi/cmd/openapi-gen
    # The generator loads packages by calling go.
    env -u GOFLAGS PATH="$new/go/bin:$PATH" GOROOT="$new/go" GOPATH="$new" GOCACHE="$cache/go-build" GOENV=off GO111MODULE=off \
        GOTOOLCHAIN=local CGO_ENABLED=0 "$temporary/openapi-gen" --output-dir "$out" --output-pkg "$models" \
        --go-header-file "$temporary/no-header" --report-filename /dev/null "${model_sources[@]}"
    rm -rf --one-file-system "$kit"
    mv "$new" "$kit"
}

compile() {
    local version flags package=k8s.io/component-base/version
    rm "$temporary/own/src/$models/empty.go"
    version=$(cat "$kit/version")
    flags="-s -w -X $package.gitVersion=$version -X $package.gitTreeState=clean -X $package.gitMajor=1"
    flags+=" -X $package.gitMinor=$(cut -d. -f2 <<<"$version") -X $package.buildDate=$(date -u +%FT%TZ)"
    mkdir -p "$temporary/assets"
    rmdir "$temporary/own/src/$models"
    go_in "$kit/go" "$temporary/own:$kit/models:$kit" build -trimpath -gcflags=all=-dwarf=false -ldflags "$flags" -o "$temporary/assets/kube-apiserver" "$module/cmd/kube-apiserver"
}

install_assets() {
    local new=$temporary/assets
    cp "$kit"/bin/{etcd,kubectl} "$new/"
    "$new/kube-apiserver" --version
    "$new/etcd" --version
    "$new/kubectl" version --client
    rm -rf --one-file-system "$assets"
    mv "$new" "$assets"
}

for tool in apt-get dpkg-deb flock; do
    command -v "$tool" >/dev/null || die "$tool is missing" \
        'The control plane is built from packages on Debian or Ubuntu.' \
        'Elsewhere, set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver and kubectl' \
        '(setup-envtest of controller-runtime makes one).'
done
mkdir -p "$cache" "$logs"
exec 9>"$cache/lock"
if ! flock -n 9; then
    say 'another build is running; waiting for it'
    flock 9
fi
if built; then
    echo "$assets"
    exit
fi
temporary=$(mktemp -d "$cache/building.XXXXXX")
lay_out_sources

if ! kit_suffices; then
    free=$(($(df -Pk "$cache" | awk 'NR == 2 { print $4 }') / 1024))
    ((free >= 5000)) || die "building needs 5 GB in $cache; $free MB are free" \
        'Free some space, or set XDG_CACHE_HOME to a folder on a larger disk.'
    phase 1 'Go, etcd, kubectl and the Kubernetes libraries from Debian: download (about 340 MB)' download \
        "The mirror was $(mirror); set DEBIAN_MIRROR to use another." \
        'If Debian'"'"'s keys are missing or too old: sudo apt-get install debian-archive-keyring'
    phase 2 'Unpacking (about 30 s)' unpack \
        "If a library is missing from Debian $suite today, an older state helps:" \
        'DEBIAN_MIRROR=https://snapshot.debian.org/archive/debian/<yyyymmdd>T000000Z'
    phase 3 'OpenAPI models of the built-in kinds (about 40 s)' generate_models
    rm -rf --one-file-system "$temporary/root" "$temporary/apt"
fi
phase 4 'Compiling kube-apiserver (about 2 min at first, then seconds)' compile \
    "If Debian's libraries are the reason, remove $kit to fetch them again."
phase 5 'Trying and installing' install_assets \
    "etcd and kubectl are Debian $suite's and need a C library as new as Debian 12's or Ubuntu 22.04's."
echo "$assets"
