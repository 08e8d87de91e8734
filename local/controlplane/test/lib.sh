# shellcheck shell=bash disable=SC2154 # variables of test.sh
# What the checks share. Sourced by test.sh, which sets assets, work and pids.

checks=0
failures=0

start_servers() {
    local etcd_port peer_port began
    read -r etcd_port peer_port port <<<"$(free_ports 3)"
    "$assets/etcd" --data-dir "$work/etcd" --unsafe-no-fsync --log-level error \
        --listen-client-urls "http://127.0.0.1:$etcd_port" --advertise-client-urls "http://127.0.0.1:$etcd_port" \
        --listen-peer-urls "http://127.0.0.1:$peer_port" --initial-advertise-peer-urls "http://127.0.0.1:$peer_port" \
        --initial-cluster "default=http://127.0.0.1:$peer_port" >"$work/etcd.log" 2>&1 &
    pids+=($!)
    make_credentials
    began=$(date +%s%N)
    start_apiserver "$etcd_port"
    printf 'ready after %d ms\n\n' $((($(date +%s%N) - began) / 1000000))
}

make_credentials() {
    openssl genrsa -out "$work/sa.key" 2048 2>/dev/null
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout "$work/ca.key" -out "$work/ca.crt" 2>/dev/null
    openssl req -newkey rsa:2048 -nodes -subj /O=team/CN=carol -keyout "$work/carol.key" -out "$work/carol.csr" 2>/dev/null
    openssl x509 -req -in "$work/carol.csr" -CA "$work/ca.crt" -CAkey "$work/ca.key" -set_serial 2 -days 2 -out "$work/carol.crt" 2>/dev/null
    printf '%s\n' 'admin-token,admin,admin,"system:masters"' 'alice-token,alice,alice,"team"' >"$work/tokens.csv"
}

# start_apiserver takes etcd's port. The argument list is the README's.
start_apiserver() {
    "$assets/kube-apiserver" \
        --etcd-servers="http://127.0.0.1:$1" \
        --bind-address=127.0.0.1 --advertise-address=127.0.0.1 --secure-port="$port" \
        --cert-dir="$work/certs" --client-ca-file="$work/ca.crt" --token-auth-file="$work/tokens.csv" \
        --authorization-mode="${AUTHORIZATION_MODE:-RBAC}" \
        --service-cluster-ip-range=10.0.0.0/24 --endpoint-reconciler-type=none --allow-privileged=true \
        --service-account-issuer=https://kubernetes.default.svc \
        --service-account-key-file="$work/sa.key" --service-account-signing-key-file="$work/sa.key" \
        --disable-admission-plugins=ServiceAccount >"$work/apiserver.log" 2>&1 &
    pids+=($!)
    local pid=$!
    make_kubeconfig
    until [[ $(api GET /readyz 2>/dev/null) == ok ]]; do
        if ! kill -0 "$pid" 2>/dev/null || ((SECONDS > 60)); then
            echo "the API server did not become ready:" >&2
            tail -n 20 "$work/apiserver.log" | cut -c1-400 >&2
            return 1
        fi
        sleep 0.05 # between two looks, not a wait for anything
    done
}

make_kubeconfig() {
    export KUBECONFIG=$work/kubeconfig
    cat >"$KUBECONFIG" <<YAML
apiVersion: v1
kind: Config
current-context: admin
clusters: [{name: c, cluster: {server: "https://127.0.0.1:$port", insecure-skip-tls-verify: true}}]
contexts: [{name: admin, context: {cluster: c, user: admin}}, {name: alice, context: {cluster: c, user: alice}}, {name: carol, context: {cluster: c, user: carol}}]
users:
- {name: admin, user: {token: admin-token}}
- {name: alice, user: {token: alice-token}}
- {name: carol, user: {client-certificate: $work/carol.crt, client-key: $work/carol.key}}
YAML
}

k() { "$assets/kubectl" "$@"; }

# api METHOD PATH [BODY]: the answer's body, as admin unless TOKEN says otherwise.
api() {
    local data=()
    (($# > 2)) && data=(--data "$3")
    curl -sk -X "$1" -H "Authorization: Bearer ${TOKEN:-admin-token}" -H 'Content-Type: application/json' "${data[@]}" "https://127.0.0.1:$port$2"
}

report() { # report NAME STATUS OUTPUT
    checks=$((checks + 1))
    if (($2 == 0)); then
        printf 'ok    %s\n' "$1"
    else
        failures=$((failures + 1))
        printf 'FAIL  %s\n' "$1"
        printf '%s\n' "$3" | tail -n 8 | cut -c1-400 | sed 's/^/        /'
    fi
}

# check NAME COMMAND…: the command succeeds.
check() {
    local name=$1 out status
    shift
    out=$("$@" 2>&1)
    status=$?
    report "$name" "$status" "$out"
}

# expect NAME PATTERN COMMAND…: what the command prints has a line that matches.
expect() {
    local name=$1 pattern=$2 out
    shift 2
    out=$("$@" 2>&1)
    grep -Eq -- "$pattern" <<<"$out"
    report "$name" "$?" "wanted /$pattern/, got: $out"
}

# refuse NAME PATTERN COMMAND…: the command fails, and says why.
refuse() {
    local name=$1 pattern=$2 out
    shift 2
    if out=$("$@" 2>&1); then
        report "$name" 1 "was accepted: $out"
        return
    fi
    grep -Eq -- "$pattern" <<<"$out"
    report "$name" "$?" "wanted /$pattern/, got: $out"
}

# eventually NAME PATTERN COMMAND…: like expect, within fifteen seconds: a verified token is believed for ten.
eventually() {
    local name=$1 pattern=$2 out='' until=$((SECONDS + 15))
    shift 2
    while ((SECONDS < until)); do
        out=$("$@" 2>&1)
        if grep -Eq -- "$pattern" <<<"$out"; then
            report "$name" 0 ''
            return
        fi
        sleep 0.1 # between two looks
    done
    report "$name" 1 "wanted /$pattern/, got: $out"
}

apply() { k apply -f - <<<"$1"; }
apply_ss() { k apply --server-side --field-manager="${MANAGER:-test}" -f - <<<"$1"; }
