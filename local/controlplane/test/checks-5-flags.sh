# shellcheck shell=bash disable=SC2154 # variables of test.sh
# The flags that the README says are shared with a real kube-apiserver.

echo '== flags'
shared_flags() { sed -n '/^```flags$/,/^```$/p' "$here/README.md" | grep -Eo '^--[^ ]+'; }
while read -r flag; do
    check "taken: $flag" "$assets/kube-apiserver" "$flag" --version
done < <(shared_flags)
refuse 'not taken: a flag that is none' 'unknown flag' "$assets/kube-apiserver" --no-such-flag --version
refuse 'not taken: a port that is none' 'invalid argument' "$assets/kube-apiserver" --secure-port=none --version
check 'these tests start it with flags of the list' bash -c "comm -23 <(sed -n '/^start_apiserver/,/apiserver.log/p' '$here/test/lib.sh' | grep -Eo '[-][-][a-z-]+=' | tr -d = | sort -u) <(cut -d= -f1 <<<'$(shared_flags)' | sort) | grep . && exit 1 || exit 0"
