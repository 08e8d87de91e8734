"""Pod: its spec as a whole, what may change of it, and its status."""

from cases import REMOVE, accept, but, fills, refuse, statuses, update

POD = {"apiVersion": "v1", "kind": "Pod", "metadata": {}, "spec": {"containers": [{"name": "c", "image": "busybox:1"}]}}
INIT = {"name": "i", "image": "busybox:1"}
PROBE = {"exec": {"command": ["true"]}}

fills("what is left out", POD, spec__restartPolicy="Always", spec__dnsPolicy="ClusterFirst", spec__schedulerName="default-scheduler",
      spec__securityContext={}, spec__terminationGracePeriodSeconds=30, spec__enableServiceLinks=True, status__phase="Pending", status__qosClass="BestEffort")
fills("what is left out of a container", POD, **{"spec.containers[0].imagePullPolicy": "IfNotPresent",
      "spec.containers[0].terminationMessagePath": "/dev/termination-log", "spec.containers[0].terminationMessagePolicy": "File",
      "spec.containers[0].resources": {}})
for image, policy in {"busybox": "Always", "busybox:latest": "Always", "host:5000/busybox": "Always", "host:5000/busybox:1": "IfNotPresent",
                      "busybox@sha256:" + "0" * 64: "IfNotPresent"}.items():
    fills(f"pull policy of {image[:24]}", but(POD, {"spec.containers[0].image": image}), **{"spec.containers[0].imagePullPolicy": policy})
fills("requests are the limits", but(POD, {"spec.containers[0].resources.limits": {"cpu": "1", "memory": "1Gi"}}), **{
    "spec.containers[0].resources.requests": {"cpu": "1", "memory": "1Gi"}, "status.qosClass": "Guaranteed"})
fills("serviceAccount is serviceAccountName", but(POD, spec__serviceAccountName="x"), spec__serviceAccount="x")

refuse("a container at least", but(POD, spec__containers=[]), "spec.containers: Required value")
refuse("restart policies", but(POD, spec__restartPolicy="Sometimes"), 'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"')
refuse("DNS policies", but(POD, spec__dnsPolicy="X"), 'spec.dnsPolicy: Unsupported value: "X": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"')
refuse("a node selector's label", but(POD, spec__nodeSelector={"a": "-"}), 'spec.nodeSelector: Invalid value: "-": a valid label')
refuse("a service account's name", but(POD, spec__serviceAccountName="No_Good"), 'spec.serviceAccountName: Invalid value: "No_Good": a lowercase RFC 1123 subdomain')
for seconds in (0, -1, 1 << 31):
    refuse(f"activeDeadlineSeconds {seconds}", but(POD, spec__activeDeadlineSeconds=seconds), f"spec.activeDeadlineSeconds: Invalid value: {seconds}: must be between 1 and 2147483647, inclusive")
refuse("a hostname is a DNS label", but(POD, spec__hostname="a.b"), 'spec.hostname: Invalid value: "a.b": must not contain dots')
refuse("a subdomain is a DNS label", but(POD, spec__subdomain="a.b"), 'spec.subdomain: Invalid value: "a.b": must not contain dots')
refuse("a node's name", but(POD, spec__nodeName="A"), 'spec.nodeName: Invalid value: "A": a lowercase RFC 1123 subdomain')
refuse("a priority class's name", but(POD, spec__priorityClassName="A"), 'spec.priorityClassName: Invalid value: "A": a lowercase RFC 1123 subdomain')
refuse("a host alias is an IP address", but(POD, spec__hostAliases=[{"ip": "x", "hostnames": ["a"]}]), 'spec.hostAliases[0].ip: Invalid value: "x": must be a valid IP address')
refuse("a host alias's names", but(POD, spec__hostAliases=[{"ip": "127.0.0.1", "hostnames": ["a_b"]}]), 'spec.hostAliases[0].hostnames[0]: Invalid value: "a_b": a lowercase RFC 1123 subdomain')
refuse("a scheduling gate's name", but(POD, spec__schedulingGates=[{"name": "a b"}]), 'spec.schedulingGates[0]: Invalid value: "a b": name part must consist of')
refuse("scheduling gates differ", but(POD, spec__schedulingGates=[{"name": "a"}, {"name": "a"}]), 'spec.schedulingGates[1]: Duplicate value: "a"')
refuse("a gated Pod has no node", but(POD, spec__schedulingGates=[{"name": "a"}], spec__nodeName="n"), "spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared")
refuse("ephemeral containers come later", but(POD, spec__ephemeralContainers=[{"name": "e", "image": "b"}]), "spec.ephemeralContainers: Forbidden: cannot be set on create")
accept("image pull secrets", but(POD, spec__imagePullSecrets=[{"name": "s"}]))

TOLERATION = {"key": "k", "operator": "Exists", "effect": "NoExecute"}
accept("a toleration", but(POD, spec__tolerations=[TOLERATION]))
accept("a toleration of everything", but(POD, spec__tolerations=[{"operator": "Exists"}]))
refuse("a toleration's key", but(POD, spec__tolerations=[{**TOLERATION, "key": "a b"}]), 'spec.tolerations[0].key: Invalid value: "a b": name part must consist of')
refuse("a toleration without a key", but(POD, spec__tolerations=[{"operator": "Equal"}]), 'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty')
refuse("a toleration that exists has no value", but(POD, spec__tolerations=[{**TOLERATION, "value": "x"}]), "spec.tolerations[0].operator: Invalid value: …: value must be empty when `operator` is 'Exists'")
refuse("a toleration's seconds are for NoExecute", but(POD, spec__tolerations=[{**TOLERATION, "effect": "NoSchedule", "tolerationSeconds": 1}]),
       "spec.tolerations[0].effect: Invalid value: \"NoSchedule\": effect must be 'NoExecute' when `tolerationSeconds` is set")
refuse("effects", but(POD, spec__tolerations=[{**TOLERATION, "effect": "X"}]), 'spec.tolerations[0].effect: Unsupported value: "X": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"')
refuse("operators of tolerations", but(POD, spec__tolerations=[{**TOLERATION, "operator": "X"}]), 'spec.tolerations[0].operator: Unsupported value: "X"')

refuse("node affinity has terms", but(POD, {"spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms": []}),
       "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term")
refuse("pod affinity has a topology", but(POD, {"spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": ""}]}),
       "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty",
       "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: \"\": name part must")
refuse("weights are 1 to 100", but(POD, {"spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 0, "podAffinityTerm": {"topologyKey": "a"}}]}),
       "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100")

for name, value in {"runAsUser": -1, "runAsGroup": -1, "fsGroup": -1}.items():
    refuse(f"securityContext.{name}", but(POD, {f"spec.securityContext.{name}": value}), f"spec.securityContext.{name}: Invalid value: -1: must be between 0 and 2147483647, inclusive")
refuse("seccomp types", but(POD, spec__securityContext__seccompProfile={"type": "X"}), 'spec.securityContext.seccompProfile.type: Unsupported value: "X": supported values: "Localhost", "RuntimeDefault", "Unconfined"')
refuse("a local seccomp profile is named", but(POD, spec__securityContext__seccompProfile={"type": "Localhost"}), "spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost")
refuse("other seccomp profiles are not", but(POD, spec__securityContext__seccompProfile={"type": "RuntimeDefault", "localhostProfile": "a"}),
       'spec.securityContext.seccompProfile.localhostProfile: Invalid value: "a": can only be set when seccomp type is Localhost')
refuse("fsGroupChangePolicy", but(POD, spec__securityContext__fsGroupChangePolicy="X"), 'spec.securityContext.fsGroupChangePolicy: Unsupported value: "X": supported values: "Always", "OnRootMismatch"')

unchangeable = "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`"
update("an image may change", POD, {"spec.containers[0].image": "busybox:2"})
update("an image is needed", POD, {"spec.containers[0].image": ""}, "spec.containers[0].image: Required value")
update("labels may change", POD, {"metadata.labels": {"a": "b"}})
update("a command stays", POD, {"spec.containers[0].command": ["x"]}, unchangeable)
update("the node stays", POD, {"spec.nodeName": "n"}, unchangeable)
update("the restart policy stays", POD, {"spec.restartPolicy": "Never"}, unchangeable)
update("containers stay", POD, {"spec.containers[1]": {"name": "d", "image": "b"}}, "spec.containers: Forbidden: pod updates may not add or remove containers")
update("a deadline may come", POD, {"spec.activeDeadlineSeconds": 10})
update("a deadline may shrink", but(POD, spec__activeDeadlineSeconds=10), {"spec.activeDeadlineSeconds": 5})
update("a deadline does not grow", but(POD, spec__activeDeadlineSeconds=10), {"spec.activeDeadlineSeconds": 11}, "spec.activeDeadlineSeconds: Invalid value: 11: must be less than or equal to previous value")
update("a deadline does not go", but(POD, spec__activeDeadlineSeconds=10), {"spec.activeDeadlineSeconds": REMOVE}, "spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value")
update("tolerations may come", POD, {"spec.tolerations": [TOLERATION]})
update("tolerations stay", but(POD, spec__tolerations=[TOLERATION]), {"spec.tolerations": REMOVE}, "spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds")

DONE = {"name": "c", "image": "b", "imageID": "", "ready": False, "restartCount": 0, "state": {"terminated": {"exitCode": 0}}}
RUNS = {**DONE, "state": {"running": {}}}
FAILED = {**DONE, "state": {"terminated": {"exitCode": 1}}}
back = "status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state"
statuses("what has ended does not run again under Never", but(POD, spec__restartPolicy="Never"), [{"status.containerStatuses": [FAILED]}, {"status.containerStatuses": [RUNS]}], back)
statuses("nor what has succeeded under OnFailure", but(POD, spec__restartPolicy="OnFailure"), [{"status.containerStatuses": [DONE]}, {"status.containerStatuses": [RUNS]}], back)
statuses("a failure under OnFailure is repeated", but(POD, spec__restartPolicy="OnFailure"), [{"status.containerStatuses": [FAILED]}, {"status.containerStatuses": [RUNS]}])
statuses("under Always everything is", POD, [{"status.containerStatuses": [DONE]}, {"status.containerStatuses": [RUNS]}])
statuses("a Pod's address is one", POD, [{"status.podIPs": [{"ip": "x"}], "status.podIP": "x"}], 'status.podIPs[0]: Invalid value: "x": must be a valid IP address')
