"""Checks the rules for built-in objects against an API server: this one, or any other.

    rules URL TOKEN    a line for each rule, as test.sh prints them
    rules --list       the rules as a page
"""

import http.client
import json
import ssl
import sys
import urllib.parse

import cases
import configs  # noqa: F401  the tables register themselves
import jobs  # noqa: F401
import jobs_status  # noqa: F401
import metadata  # noqa: F401
import others  # noqa: F401
import pods  # noqa: F401
import pods_parts  # noqa: F401
import services  # noqa: F401
import workloads  # noqa: F401

NAMESPACE = "rules"
CLUSTER_SCOPED = {"Namespace", "ClusterRole", "ClusterRoleBinding", "PriorityClass"}
PLURALS = {"NetworkPolicy": "networkpolicies"}
REASONS = {
    "Required value": "FieldValueRequired", "Invalid value": "FieldValueInvalid", "Duplicate value": "FieldValueDuplicate",
    "Unsupported value": "FieldValueNotSupported", "Forbidden": "FieldValueForbidden", "Not found": "FieldValueNotFound",
    "Too long": "FieldValueTooLong", "Too many": "FieldValueTooMany",
}


class Api:
    def __init__(self, url, token):
        self.url, self.token, self.number = urllib.parse.urlsplit(url), token, 0
        self.connection = http.client.HTTPSConnection(self.url.netloc, context=ssl._create_unverified_context(), timeout=30)

    def call(self, method, path, body=None):
        self.connection.request(method, path, json.dumps(body) if body else None,
                                {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"})
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def path(self, obj, name="", query=""):
        group = obj["apiVersion"]
        root = f"/api/{group}" if "/" not in group else f"/apis/{group}"
        plural = PLURALS.get(obj["kind"], obj["kind"].lower() + "s")
        place = "" if obj["kind"] in CLUSTER_SCOPED else f"/namespaces/{NAMESPACE}"
        return f"{root}{place}/{plural}{name}{query}"

    def create(self, obj, dry):
        return self.call("POST", self.path(obj, query="?dryRun=All" if dry else ""), obj)

    def update(self, obj, subresource=""):
        return self.call("PUT", self.path(obj, "/" + obj["metadata"]["name"] + subresource), obj)


def spoken(answer):
    return sorted({f"{c.get('field', '')}: {c['message']}" for c in answer.get("details", {}).get("causes", [])})


def matches(said, wanted):
    position = 0
    pieces = wanted.split("…")
    if not said.startswith(pieces[0]):
        return False
    for piece in pieces:
        found = said.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return True


def judge(code, answer, causes):
    """What is wrong with an answer; nothing when it is as it should be."""
    if not causes:
        return None if code in (200, 201) else f"was refused: {answer.get('message')}"
    said = spoken(answer)
    if code != 422 or answer.get("reason") != "Invalid":
        return f"wanted 422 Invalid, got {code}: {answer.get('message', 'taken')}"
    unmatched = [s for s in said if not any(matches(s, c) for c in causes)]
    unsaid = [c for c in causes if not any(matches(s, c) for s in said)]
    for cause in answer["details"]["causes"]:
        if REASONS.get(cause["message"].split(":")[0]) != cause["reason"]:
            return f"reason {cause['reason']} with {cause['message']}"
    return f"not said: {unsaid}; said besides: {unmatched}" if unmatched or unsaid else None


def run(api, case):
    api.number += 1
    obj = cases.but(case.obj)
    if case.action == "create":
        if "name" not in obj["metadata"] and "generateName" not in obj["metadata"]:
            obj["metadata"]["name"] = "rule"
        code, answer = api.create(obj, dry=True)
        wrong = judge(code, answer, case.causes)
        if wrong is None and case.values:
            got = {path: cases.get(answer, path) for path in case.values}
            wrong = None if got == case.values else f"filled in {got}"
        return wrong
    obj["metadata"]["name"] = f"rule-{api.number}"
    code, answer = api.create(obj, dry=False)
    if code != 201:
        return f"the object itself was refused: {answer.get('message')}"
    for i, change in enumerate(case.change):
        for path, value in change.items():
            cases.put(answer, path, value)
        code, answer = api.update(answer, "/status" if case.status else "")
        last = i == len(case.change) - 1
        wrong = judge(code, answer, case.causes if last else ())
        if wrong or last:
            return wrong
    return None


def listing():
    print("""# Rules for built-in objects

What the API server of this folder refuses, takes and fills in, as a real kube-apiserver 1.36 does: each line is a check of `test.sh`
(`test/rules`, which runs against any API server: `python3 test/rules https://host:port token`). Written by `python3 test/rules --list`.

The rules are for the kinds that the operator and the local cluster write. Not reproduced: the specs of StatefulSet, DaemonSet, CronJob, Ingress,
PersistentVolume, PersistentVolumeClaim, StorageClass, PriorityClass, LimitRange and Node; what admission plugins of a real one add
(priority, tolerations, service account volumes, quotas, pod security); warnings. Lenient on purpose: EndpointSlices may hold loopback addresses.
""")
    kind = None
    for case in sorted(cases.CASES, key=lambda c: c.kind):
        if case.kind != kind:
            kind = case.kind
            print(f"\n## {kind}\n\n| Rule | The answer |\n|---|---|")
        if case.causes:
            said = "<br>".join(f"`{c}`" for c in case.causes).replace("|", "\\|")
        elif case.values:
            said = "filled in: " + ", ".join(f"`{p}: {json.dumps(v)}`" for p, v in case.values.items())
        else:
            said = "taken"
        print(f"| {case.rule} | {said} |")


def main():
    if sys.argv[1:] == ["--list"]:
        listing()
        return
    api = Api(sys.argv[1], sys.argv[2])
    code, answer = api.call("POST", "/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}})
    if code not in (201, 409):
        sys.exit(f"no namespace: {answer}")
    for case in cases.CASES:
        wrong = run(api, case)
        print(f"{'FAIL ' if wrong else 'ok   '} {case.kind}: {case.rule}")
        if wrong:
            print("        " + wrong[:700])


main()
