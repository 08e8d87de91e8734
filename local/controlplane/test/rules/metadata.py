"""Rules of metadata, the same for every kind."""

from cases import accept, but, refuse

CONFIG = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {}, "data": {"a": "1"}}
OWNER = {"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "1"}

refuse("a name is a DNS subdomain", but(CONFIG, metadata__name="No_Good"), 'metadata.name: Invalid value: "No_Good": a lowercase RFC 1123 subdomain must consist of')
refuse("a name has at most 253 characters", but(CONFIG, metadata__name="a" * 254), 'metadata.name: Invalid value: …: must be no more than 253')
refuse("a label's key is a qualified name", but(CONFIG, {("metadata", "labels", "a/b/c"): "x"}), "metadata.labels: Invalid value: \"a/b/c\": a valid label key must consist of")
refuse("a label's value has at most 63 characters", but(CONFIG, {("metadata", "labels", "a"): "x" * 64}), "metadata.labels: Invalid value: …must be no more than 63")
refuse("a label's value begins and ends with a letter or digit", but(CONFIG, {("metadata", "labels", "a"): "-x"}), 'metadata.labels: Invalid value: "-x": a valid label must be an empty string or consist of')
refuse("an annotation's key is a qualified name", but(CONFIG, {("metadata", "annotations", "a b"): "x"}), 'metadata.annotations: Invalid value: "a b": name part must consist of')
refuse("annotations have at most 256 KiB", but(CONFIG, {("metadata", "annotations", "a"): "x" * 262144}), "metadata.annotations: Too long: may not be more than 262144 bytes")
accept("annotations of 256 KiB", but(CONFIG, {("metadata", "annotations", "a"): "x" * 262143}))
refuse("a finalizer is a qualified name", but(CONFIG, metadata__finalizers=["a b"]), 'metadata.finalizers: Invalid value: "a b": name part must consist of')
refuse("an owner has an API version", but(CONFIG, metadata__ownerReferences=[{**OWNER, "apiVersion": ""}]), "metadata.ownerReferences.apiVersion: Invalid value: \"\": version must not be empty")
refuse("an owner has a kind", but(CONFIG, metadata__ownerReferences=[{**OWNER, "kind": ""}]), "metadata.ownerReferences.kind: Invalid value: \"\": must not be empty")
refuse("an owner has a name", but(CONFIG, metadata__ownerReferences=[{**OWNER, "name": ""}]), "metadata.ownerReferences.name: Invalid value: \"\": must not be empty")
refuse("an owner has a uid", but(CONFIG, metadata__ownerReferences=[{**OWNER, "uid": ""}]), "metadata.ownerReferences.uid: Invalid value: \"\": must not be empty")
refuse("an Event owns nothing", but(CONFIG, metadata__ownerReferences=[{**OWNER, "kind": "Event"}]), "metadata.ownerReferences: Invalid value: …is disallowed from being an owner")
refuse("one owner is the controller", but(CONFIG, metadata__ownerReferences=[{**OWNER, "controller": True}, {**OWNER, "name": "q", "uid": "2", "controller": True}]),
       "metadata.ownerReferences: Invalid value: …Only one reference can have Controller set to true")
accept("owners beside the controller", but(CONFIG, metadata__ownerReferences=[{**OWNER, "controller": True}, {**OWNER, "name": "q", "uid": "2"}]))

refuse("a name is a DNS label", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a.b"}}, 'metadata.name: Invalid value: "a.b": must not contain dots')
refuse("a name has at most 63 characters", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a" * 64}}, "metadata.name: Invalid value: …must be no more than 63", "metadata.labels: Invalid value: …must be no more than 63")
refuse("a name is a DNS subdomain", {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "A"}}, 'metadata.name: Invalid value: "A": a lowercase RFC 1123 subdomain')
accept("a name may hold colons", {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "system:x"}})
refuse("a name is one segment of a path", {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "a%b"}}, 'metadata.name: Invalid value: "a%b": may not contain \'%\'')
