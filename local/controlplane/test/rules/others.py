"""Lease, Event, Role, RoleBinding, ResourceQuota and Namespace."""

from cases import REMOVE, accept, but, fills, refuse, update

LEASE = {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {}, "spec": {"holderIdentity": "x", "leaseDurationSeconds": 15, "leaseTransitions": 0}}
accept("a lease", LEASE)
accept("a lease that nobody holds", but(LEASE, spec__holderIdentity=""))
refuse("it lasts", but(LEASE, spec__leaseDurationSeconds=0), "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0")
refuse("transitions are not negative", but(LEASE, spec__leaseTransitions=-1), "spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0")
update("after a change too", LEASE, {"spec.leaseDurationSeconds": -1}, "spec.leaseDurationSeconds: Invalid value: -1: must be greater than 0")

EVENT = {"apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": {}, "eventTime": "2026-01-01T00:00:00.000000Z", "reportingController": "example.com/x",
         "reportingInstance": "x-1", "action": "Run", "reason": "Ran", "type": "Normal", "note": "n", "regarding": {"kind": "Pod", "name": "p", "namespace": "rules"}}
accept("an Event", EVENT)
refuse("it is of a time", but(EVENT, eventTime=None), "eventTime: Required value")
refuse("somebody reports it", but(EVENT, reportingController=""), "reportingController: Required value", 'reportingController: Invalid value: "": name part must be non-empty', 'reportingController: Invalid value: "": name part must consist of')
refuse("who reports it has a qualified name", but(EVENT, reportingController="a b"), 'reportingController: Invalid value: "a b": name part must consist of')
refuse("an instance reports it", but(EVENT, reportingInstance=""), "reportingInstance: Required value")
refuse("something was done", but(EVENT, action=""), "action: Required value")
refuse("for a reason", but(EVENT, reason=""), "reason: Required value")
for name in ("reportingInstance", "action", "reason"):
    refuse(f"{name} has at most 128 characters", but(EVENT, {name: "x" * 129}), f'{name}: Invalid value: "": can have at most 128 characters')
refuse("a note has at most 1024 characters", but(EVENT, note="x" * 1025), 'message: Invalid value: "": can have at most 1024 characters')
refuse("types", but(EVENT, type="X"), 'type: Invalid value: "": has invalid value: X')
refuse("an Event without a namespace of what it regards is in default", but(EVENT, regarding__namespace=""), 'involvedObject.namespace: Invalid value: "": does not match event.namespace')
refuse("older fields are not set", but(EVENT, deprecatedCount=1), 'count: Invalid value: "": needs to be unset')
refuse("a series has two", but(EVENT, series={"count": 1, "lastObservedTime": "2026-01-01T00:00:00.000000Z"}), 'series.count: Invalid value: "": should be at least 2')
update("a series may grow", EVENT, {"series": {"count": 2, "lastObservedTime": "2026-01-01T00:00:00.000000Z"}})
update("nothing else changes", EVENT, {"note": "other"}, 'message: Invalid value: "other": field is immutable')

OLD = {"apiVersion": "v1", "kind": "Event", "metadata": {}, "reason": "Ran", "message": "m", "type": "Normal", "involvedObject": {"kind": "Pod", "name": "p", "namespace": "rules"}}
accept("an Event without a time", OLD)
refuse("it is in the namespace of what it is about", but(OLD, involvedObject__namespace="other"), 'involvedObject.namespace: Invalid value: "other": does not match event.namespace')
refuse("or of nothing", but(OLD, involvedObject__namespace=""), 'involvedObject.namespace: Invalid value: "": does not match event.namespace')
refuse("with a time it is a new one", but(OLD, eventTime="2026-01-01T00:00:00.000000Z", reportingComponent="a", reportingInstance="b"), "action: Required value")
update("it may change", OLD, {"message": "other", "count": 2})

ROLE = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {}, "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}
accept("a role", ROLE)
refuse("a rule has verbs", but(ROLE, {"rules[0].verbs": []}), "rules[0].verbs: Required value: verbs must contain at least one value")
refuse("a rule has groups", but(ROLE, {"rules[0].apiGroups": []}), "rules[0].apiGroups: Required value: resource rules must supply at least one api group")
refuse("a rule has resources", but(ROLE, {"rules[0].resources": []}), "rules[0].resources: Required value: resource rules must supply at least one resource")
refuse("paths are not in a namespace", but(ROLE, rules=[{"nonResourceURLs": ["/x"], "verbs": ["get"]}]), "rules[0].nonResourceURLs: Invalid value: …: namespaced rules cannot apply to non-resource URLs")

BINDING = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {},
           "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "r"}, "subjects": [{"kind": "ServiceAccount", "name": "s", "namespace": "rules"}]}
fills("groups", but(BINDING, {"roleRef.apiGroup": REMOVE, "subjects": [{"kind": "User", "name": "u"}]}), **{
    "roleRef.apiGroup": "rbac.authorization.k8s.io", "subjects[0].apiGroup": "rbac.authorization.k8s.io"})
refuse("a role's kind", but(BINDING, roleRef__kind="X"), 'roleRef.kind: Unsupported value: "X": supported values: "ClusterRole", "Role"')
refuse("a role's name", but(BINDING, roleRef__name=""), "roleRef.name: Required value")
refuse("a subject's kind", but(BINDING, {"subjects[0].kind": "X"}), 'subjects[0].kind: Unsupported value: "X": supported values: "Group", "ServiceAccount", "User"')
refuse("a subject's name", but(BINDING, {"subjects[0].name": ""}), "subjects[0].name: Required value")
update("the role stays", BINDING, {"roleRef.name": "other"}, "roleRef: Invalid value: …: cannot change roleRef")
update("subjects may change", BINDING, {"subjects": []})

QUOTA = {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {}, "spec": {"hard": {"pods": "1"}}}
accept("a quota", QUOTA)
refuse("a quota is not negative", but(QUOTA, spec__hard={"pods": "-1"}), 'spec.hard[pods]: Invalid value: "-1": must be greater than or equal to 0')
fills("a namespace's own label", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "rule"}}, metadata__labels={"kubernetes.io/metadata.name": "rule"})
