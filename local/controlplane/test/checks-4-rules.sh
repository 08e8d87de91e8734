# shellcheck shell=bash disable=SC2154 # variables of test.sh
# Rules for built-in objects, from the tables in test/rules.

echo '== rules for built-in objects'
rules=$(PYTHONDONTWRITEBYTECODE=1 python3 "$here/test/rules" "https://127.0.0.1:$port" admin-token 2>&1)
printf '%s\n' "$rules"
checks=$((checks + $(grep -Ec '^(ok|FAIL)' <<<"$rules")))
failures=$((failures + $(grep -c '^FAIL' <<<"$rules")))
check 'every table was read' grep -q '^ok .*ResourceQuota' <<<"$rules"
check 'RULES.md lists them' bash -c "PYTHONDONTWRITEBYTECODE=1 python3 '$here/test/rules' --list | diff - '$here/RULES.md'"
