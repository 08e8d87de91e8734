"""Deployment, ReplicaSet, ControllerRevision, HorizontalPodAutoscaler and PodDisruptionBudget."""

from cases import REMOVE, accept, but, fills, refuse, statuses, update

DEPLOYMENT = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {},
              "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "busybox:1"}]}}}}
SET = but(DEPLOYMENT, kind="ReplicaSet")
T = "spec.template."
mismatch = "spec.template.metadata.labels: Invalid value: …: `selector` does not match template `labels`"

fills("what is left out", DEPLOYMENT, spec__replicas=1, spec__revisionHistoryLimit=10, spec__progressDeadlineSeconds=600,
      spec__strategy={"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": "25%", "maxSurge": "25%"}}, spec__template__spec__restartPolicy="Always")
fills("what is left out", SET, spec__replicas=1)
for kind in (DEPLOYMENT, SET):
    refuse("a selector is needed", but(kind, spec__selector=REMOVE), "spec.selector: Required value", mismatch)
    refuse("a selector is not empty", but(kind, spec__selector={}), "spec.selector: Invalid value: …: empty selector is invalid for deployment")
    refuse("a selector's operator", but(kind, spec__selector={"matchExpressions": [{"key": "a", "operator": "X"}]}),
           'spec.selector.matchExpressions[0].operator: Invalid value: "X": not a valid selector operator', "spec.selector: Invalid value: …: invalid label selector")
    refuse("the selector matches the template", but(kind, spec__selector={"matchLabels": {"a": "c"}}), mismatch)
    refuse("replicas are not negative", but(kind, spec__replicas=-1), "spec.replicas: Invalid value: -1: must be greater than or equal to 0")
    refuse("Pods are always restarted", but(kind, {T + "spec.restartPolicy": "Never"}), T + 'spec.restartPolicy: Unsupported value: "Never": supported values: "Always"')
    refuse("Pods have no deadline", but(kind, {T + "spec.activeDeadlineSeconds": 1}), T + "spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported")
    refuse("the template's Pod is checked", but(kind, {T + "spec.containers": []}), T + "spec.containers: Required value")
    update("the selector stays", kind, {"spec.selector": {"matchLabels": {"a": "b", "c": "d"}}, T + "metadata.labels": {"a": "b", "c": "d"}}, "spec.selector: Invalid value: …: field is immutable")
    update("the template may change", kind, {T + "spec.containers[0].image": "x"})
    statuses("no more ready Pods than Pods", kind, [{"status.replicas": 1, "status.readyReplicas": 2}], "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas")
    statuses("no more available Pods than ready ones", kind, [{"status.replicas": 1, "status.availableReplicas": 1}], "status.availableReplicas: Invalid value: 1: cannot be greater than readyReplicas")
    statuses("counters are not negative", kind, [{"status.observedGeneration": -1}], "status.observedGeneration: Invalid value: -1: must be greater than or equal to 0")

refuse("strategies", but(DEPLOYMENT, spec__strategy={"type": "X"}), 'spec.strategy.type: Unsupported value: "X": supported values: "Recreate", "RollingUpdate"')
refuse("Recreate rolls nothing", but(DEPLOYMENT, spec__strategy={"type": "Recreate", "rollingUpdate": {"maxSurge": 1}}), "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'")
refuse("a rollout can move", but(DEPLOYMENT, spec__strategy__rollingUpdate={"maxSurge": 0, "maxUnavailable": "0%"}), 'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0')
refuse("maxSurge is a number or a share", but(DEPLOYMENT, spec__strategy__rollingUpdate={"maxSurge": "x"}), 'spec.strategy.rollingUpdate.maxSurge: Invalid value: "x": a valid percent string must be')
refuse("maxUnavailable is at most all", but(DEPLOYMENT, spec__strategy__rollingUpdate={"maxUnavailable": "101%"}), 'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%')
refuse("the deadline is after readiness", but(DEPLOYMENT, spec__minReadySeconds=600), "spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds")
for name in ("minReadySeconds", "revisionHistoryLimit"):
    refuse(f"{name} is not negative", but(DEPLOYMENT, {"spec." + name: -1}), f"spec.{name}: Invalid value: -1: must be greater than or equal to 0")

REVISION = {"apiVersion": "apps/v1", "kind": "ControllerRevision", "metadata": {}, "revision": 1, "data": {"a": 1}}
refuse("data is needed", but(REVISION, data=REMOVE), "data: Required value: data is mandatory")
refuse("a revision is not negative", but(REVISION, revision=-1), "revision: Invalid value: -1: must be greater than or equal to 0")
update("the data stays", REVISION, {"data": {"a": 2}}, "data: Invalid value: …: field is immutable")
update("the revision's number may change", REVISION, {"revision": 2})

SCALER = {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {},
          "spec": {"maxReplicas": 2, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "d"}}}
fills("what is left out", SCALER, spec__minReplicas=1, **{"spec.metrics[0].resource.target.averageUtilization": 80})
refuse("minReplicas", but(SCALER, spec__minReplicas=0), "spec.minReplicas: Invalid value: 0: must be greater than or equal to 1")
refuse("maxReplicas", but(SCALER, spec__maxReplicas=0), "spec.maxReplicas: Invalid value: 0: must be greater than 0", "spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`")
refuse("maxReplicas is not below minReplicas", but(SCALER, spec__minReplicas=3), "spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`")
refuse("a target has a name", but(SCALER, spec__scaleTargetRef__name=""), "spec.scaleTargetRef.name: Required value")
refuse("a target has a kind", but(SCALER, spec__scaleTargetRef__kind=""), "spec.scaleTargetRef.kind: Required value")

BUDGET = {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {}, "spec": {"selector": {"matchLabels": {"a": "b"}}, "minAvailable": 1}}
refuse("minAvailable or maxUnavailable", but(BUDGET, spec__maxUnavailable=1), "spec: Invalid value: …: minAvailable and maxUnavailable cannot be both set")
refuse("a share is at most all", but(BUDGET, spec__minAvailable="101%"), 'spec.minAvailable: Invalid value: "101%": must not be greater than 100%')
refuse("a number is not negative", but(BUDGET, spec__minAvailable=-1), "spec.minAvailable: Invalid value: -1: must be greater than or equal to 0")
accept("a budget", BUDGET)
