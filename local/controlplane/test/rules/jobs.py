"""Job: its spec, and what may change of it."""

from cases import REMOVE, accept, but, fills, refuse, update

JOB = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {},
       "spec": {"template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "busybox:1"}]}}}}
INDEXED = but(JOB, spec__completionMode="Indexed", spec__completions=3)
PER_INDEX = but(INDEXED, spec__backoffLimitPerIndex=1)
T = "spec.template."
negative = "must be greater than or equal to 0"

fills("what is left out", JOB, spec__parallelism=1, spec__completions=1, spec__backoffLimit=6, spec__completionMode="NonIndexed",
      spec__suspend=False, spec__manualSelector=False, spec__podReplacementPolicy="TerminatingOrFailed", spec__template__spec__dnsPolicy="ClusterFirst")
fills("with parallelism, completions stay open", but(JOB, spec__parallelism=2), spec__completions=None, spec__parallelism=2)
fills("a limit for each index lifts the other", PER_INDEX, spec__backoffLimit=2147483647)
fills("a Pod failure policy waits for the end of Pods", but(JOB, spec__podFailurePolicy={"rules": [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]}]}), **{
    "spec.podReplacementPolicy": "Failed", "spec.podFailurePolicy.rules[0].onPodConditions[0].status": "True"})
fills("labels of the template", but(JOB, spec__template__metadata={"labels": {"a": "b"}}), metadata__labels={"a": "b"})

never = 'Required value: valid values: "OnFailure", "Never"'
refuse("Pods are not restarted for ever", but(JOB, spec__template__spec__restartPolicy="Always"), T + "spec.restartPolicy: " + never)
refuse("a restart policy is needed", but(JOB, {T + "spec.restartPolicy": REMOVE}), T + "spec.restartPolicy: " + never)
refuse("restart policies", but(JOB, spec__template__spec__restartPolicy="X"), T + 'spec.restartPolicy: Unsupported value: "X": supported values: "OnFailure", "Never"',
       T + 'spec.restartPolicy: Unsupported value: "X": supported values: "Always", "OnFailure", "Never"')
refuse("the template's Pod is checked", but(JOB, {T + "spec.containers[0].image": ""}), T + "spec.containers[0].image: Required value")
refuse("the template's labels are checked", but(JOB, spec__template__metadata={"labels": {"a": "-"}}), T + 'labels: Invalid value: "-": a valid label', 'metadata.labels: Invalid value: "-": a valid label')
for name in ("parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"):
    refuse(f"{name} is not negative", but(JOB, {"spec." + name: -1}), f"spec.{name}: Invalid value: -1: {negative}")
refuse("a selector is the server's", but(JOB, spec__selector={"matchLabels": {"a": "b"}}),
       "spec.selector: Invalid value: …`selector` not auto-generated", "spec.template.metadata.labels: Invalid value: …`selector` does not match template `labels`")
refuse("the job-name label is the server's", but(JOB, spec__template__metadata={"labels": {"job-name": "x"}}), "spec.template.metadata.labels[job-name]: Invalid value: …: must be 'rule'")
refuse("a manual selector is needed where it is one's own", but(JOB, spec__manualSelector=True), "spec.selector: Required value")
accept("a manual selector", but(JOB, spec__manualSelector=True, spec__selector={"matchLabels": {"a": "b"}}, spec__template__metadata={"labels": {"a": "b"}}))
refuse("a manual selector matches the template", but(JOB, spec__manualSelector=True, spec__selector={"matchLabels": {"a": "b"}}), "spec.template.metadata.labels: Invalid value: …`selector` does not match template `labels`")
refuse("managedBy is a domain and a path", but(JOB, spec__managedBy="me"), 'spec.managedBy: Invalid value: "me": must be a domain-prefixed path')
refuse("managedBy has at most 63 characters", but(JOB, spec__managedBy="example.com/" + "a" * 52), "spec.managedBy: Too long: may not be more than 63 bytes")

refuse("completion modes", but(JOB, spec__completionMode="X"), 'spec.completionMode: Unsupported value: "X": supported values: "NonIndexed", "Indexed"')
refuse("Indexed needs completions", but(JOB, spec__completionMode="Indexed", spec__parallelism=1), "spec.completions: Required value: when completion mode is Indexed")
refuse("Indexed: parallelism to 100000", but(INDEXED, spec__parallelism=100001), "spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed")
LONG = "a" * 61
accept("Indexed: the last Pod's hostname fits", but(INDEXED, metadata__name=LONG))
refuse("Indexed: the last Pod's hostname fits 63 characters", but(INDEXED, metadata__name=LONG, spec__completions=11), f'metadata.name: Invalid value: "{LONG}": will not able to create pod with invalid DNS label: {LONG}-10')
refuse("Indexed: the name makes a hostname", but(INDEXED, metadata__name="a.b"), 'metadata.name: Invalid value: "a.b": will not able to create pod with invalid DNS label: a.b-2')
refuse("backoffLimitPerIndex is for Indexed", but(JOB, spec__backoffLimitPerIndex=1), "spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode")
refuse("backoffLimitPerIndex is not negative", but(INDEXED, spec__backoffLimitPerIndex=-1), f"spec.backoffLimitPerIndex: Invalid value: -1: {negative}")
refuse("maxFailedIndexes needs backoffLimitPerIndex", but(INDEXED, spec__maxFailedIndexes=1), "spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified")
refuse("maxFailedIndexes is within completions", but(PER_INDEX, spec__maxFailedIndexes=4), "spec.maxFailedIndexes: Invalid value: 4: must be less than or equal to completions")
refuse("above 100000 completions, maxFailedIndexes is needed", but(PER_INDEX, spec__completions=100001), "spec.maxFailedIndexes: Required value: must be specified when completions is above 100000")
refuse("and at most 10000", but(PER_INDEX, spec__completions=100001, spec__maxFailedIndexes=10001),
       "spec.maxFailedIndexes: Invalid value: 10001: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index")
refuse("and parallelism too", but(PER_INDEX, spec__completions=100001, spec__maxFailedIndexes=1, spec__parallelism=10001),
       "spec.parallelism: Invalid value: 10001: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index")

R = "spec.podFailurePolicy.rules[0]"
CODES = {"action": "FailJob", "onExitCodes": {"operator": "In", "values": [1]}}


def policy(rule, job=JOB, count=1):
    return but(job, spec__podFailurePolicy={"rules": [rule] * count})


def codes(**values):
    return policy(but(CODES, {"onExitCodes." + k: v for k, v in values.items()}))


accept("a Pod failure policy", policy(CODES))
accept("20 rules", policy(CODES, count=20))
refuse("20 rules at most", policy(CODES, count=21), "spec.podFailurePolicy.rules: Too many: 21: must have at most 20 items")
refuse("an action", policy(but(CODES, action=REMOVE)), R + '.action: Required value: valid values: ["Count" "FailIndex" "FailJob" "Ignore"]')
refuse("actions", policy(but(CODES, action="X")), R + '.action: Unsupported value: "X": supported values: "Count", "FailIndex", "FailJob", "Ignore"')
refuse("FailIndex needs backoffLimitPerIndex", policy(but(CODES, action="FailIndex")), R + '.action: Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set')
accept("FailIndex", policy(but(CODES, action="FailIndex"), PER_INDEX))
refuse("codes or conditions", policy({"action": "Count"}), R + ": Invalid value: specifying one of OnExitCodes and OnPodConditions is required")
refuse("not codes and conditions", policy({**CODES, "onPodConditions": [{"type": "a"}]}), R + ": Invalid value: specifying both OnExitCodes and OnPodConditions is not supported")
refuse("an operator", codes(operator=REMOVE), R + '.onExitCodes.operator: Required value: valid values: ["In" "NotIn"]')
refuse("operators", codes(operator="X"), R + '.onExitCodes.operator: Unsupported value: "X": supported values: "In", "NotIn"')
refuse("a container that is", codes(containerName="x"), R + '.onExitCodes.containerName: Invalid value: "x": must be one of the container or initContainer names in the pod template')
refuse("codes are needed", codes(values=[]), R + ".onExitCodes.values: Invalid value: …: at least one value is required")
refuse("255 codes at most", codes(values=list(range(1, 257))), R + ".onExitCodes.values: Too many: 256: must have at most 255 items")
refuse("0 is no failure", codes(values=[0]), R + ".onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator")
accept("anything but 0", codes(operator="NotIn", values=[0]))
refuse("codes differ", codes(values=[1, 1]), R + ".onExitCodes.values[1]: Duplicate value: 1")
refuse("codes are in order", codes(values=[2, 1]), R + ".onExitCodes.values: Invalid value: …: must be ordered")
refuse("a condition's type", policy({"action": "Ignore", "onPodConditions": [{"type": "a b"}]}), R + '.onPodConditions[0].type: Invalid value: "a b": name part must consist of')
refuse("a condition's status", policy({"action": "Ignore", "onPodConditions": [{"type": "a", "status": "X"}]}), R + '.onPodConditions[0].status: Unsupported value: "X": supported values: "False", "True", "Unknown"')
refuse("20 conditions at most", policy({"action": "Ignore", "onPodConditions": [{"type": "a"}] * 21}), R + ".onPodConditions: Too many: 21: must have at most 20 items")
refuse("a Pod failure policy needs Never", but(policy(CODES), spec__template__spec__restartPolicy="OnFailure"), T + 'spec.restartPolicy: Invalid value: "OnFailure": only "Never" is supported when podFailurePolicy is specified')
refuse("a Pod failure policy replaces what has failed", but(policy(CODES), spec__podReplacementPolicy="TerminatingOrFailed"), 'spec.podReplacementPolicy: Unsupported value: "TerminatingOrFailed": supported values: "Failed"')
refuse("replacement policies", but(JOB, spec__podReplacementPolicy="X"), 'spec.podReplacementPolicy: Unsupported value: "X": supported values: "Failed", "TerminatingOrFailed"')

S = "spec.successPolicy.rules"


def success(*rules):
    return but(INDEXED, spec__successPolicy={"rules": list(rules)})


accept("a success policy", success({"succeededIndexes": "0,2", "succeededCount": 1}))
refuse("a success policy is for Indexed", but(JOB, spec__successPolicy={"rules": [{"succeededCount": 1}]}), "spec.successPolicy: Invalid value: …: requires indexed completion mode")
refuse("a success policy has rules", success(), S + ": Required value: at least one rules must be specified when the successPolicy is specified")
refuse("20 rules of success at most", success(*[{"succeededCount": 1}] * 21), S + ": Too many: 21: must have at most 20 items")
refuse("a rule of success says something", success({}), S + "[0]: Required value: at least one of succeededCount or succeededIndexes must be specified")
refuse("indexes that are", success({"succeededIndexes": "3"}), S + '[0].succeededIndexes: Invalid value: "3": error parsing succeededIndexes: too large index: "3"')
refuse("indexes are numbers", success({"succeededIndexes": "a"}), S + '[0].succeededIndexes: Invalid value: "a": error parsing succeededIndexes: cannot convert string to integer for index: "a"')
refuse("indexes are in order", success({"succeededIndexes": "1,0"}), S + '[0].succeededIndexes: Invalid value: "1,0": error parsing succeededIndexes: non-increasing order, previous: 1, current: 0')
refuse("a count within completions", success({"succeededCount": 4}), S + "[0].succeededCount: Invalid value: 4: must be less than or equal to 3 (the number of specified completions)")
refuse("a count within indexes", success({"succeededCount": 2, "succeededIndexes": "0"}), S + "[0].succeededCount: Invalid value: 2: must be less than or equal to 1 (the number of indexes in the specified succeededIndexes field)")

fixed = "field is immutable"
for name, value in {"parallelism": 3, "backoffLimit": 1, "activeDeadlineSeconds": 9, "ttlSecondsAfterFinished": 1, "suspend": True}.items():
    update(f"{name} may change", JOB, {"spec." + name: value})
update("completions stay", JOB, {"spec.completions": 2}, "spec.completions: Invalid value: 2: " + fixed)
update("an Indexed Job grows with its parallelism", but(INDEXED, spec__parallelism=3), {"spec.completions": 4, "spec.parallelism": 4})
update("not without", but(INDEXED, spec__parallelism=3), {"spec.completions": 4}, "spec.completions: Invalid value: 4: can only be modified in tandem with spec.parallelism")
update("the completion mode stays", INDEXED, {"spec.completionMode": "NonIndexed"}, "spec.completionMode: Invalid value: \"NonIndexed\": " + fixed)
update("the selector stays", JOB, {"spec.selector": {"matchLabels": {"job-name": "rule"}}}, "spec.selector: Invalid value: …" + fixed, "spec.selector: Invalid value: …not auto-generated", "spec.template.metadata.labels: …does not match")
update("the template stays", JOB, {T + "spec.containers[0].image": "x"}, "spec.template: Invalid value: …" + fixed)
update("where it runs stays", JOB, {T + "spec.nodeSelector": {"a": "b"}}, "spec.template: Invalid value: …" + fixed)
HELD = but(JOB, spec__suspend=True)
update("while it waits, where it runs may change", HELD, {T + "spec.nodeSelector": {"a": "b"}, T + "spec.tolerations": [{"operator": "Exists"}]})
update("while it waits, what it needs may change", HELD, {T + "spec.containers[0].resources": {"requests": {"cpu": "2"}}})
update("while it waits, what it runs stays", HELD, {T + "spec.containers[0].image": "x"}, "spec.template: Invalid value: …" + fixed)
update("the Pod failure policy stays", policy(CODES), {"spec.podFailurePolicy.rules[0].action": "Count"}, "spec.podFailurePolicy: Invalid value: …" + fixed)
update("the success policy stays", success({"succeededCount": 1}), {"spec.successPolicy.rules[0].succeededCount": 2}, "spec.successPolicy: Invalid value: …" + fixed)
update("backoffLimitPerIndex stays", PER_INDEX, {"spec.backoffLimitPerIndex": 2}, "spec.backoffLimitPerIndex: Invalid value: 2: " + fixed)
update("managedBy stays", JOB, {"spec.managedBy": "example.com/x"}, 'spec.managedBy: Invalid value: "example.com/x": ' + fixed)
