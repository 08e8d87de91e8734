"""Pod: containers, their environment, mounts, probes, resources, and volumes."""

from cases import accept, but, fills, refuse
from pods import INIT, POD, PROBE

C = "spec.containers[0]."


def container(**values):
    return but(POD, {C + name.replace("__", "."): value for name, value in values.items()})


refuse("a name is needed", container(name=""), C + "name: Required value")
refuse("a name is a DNS label", container(name="A.b"), C + 'name: Invalid value: "A.b": a lowercase RFC 1123 label')
refuse("names differ", but(POD, {"spec.containers[1]": {"name": "c", "image": "b"}}), 'spec.containers[1].name: Duplicate value: "c"')
refuse("names differ from init containers' too", but(POD, spec__initContainers=[{**INIT, "name": "c"}]), 'spec.initContainers[0].name: Duplicate value: "c"')
refuse("an image is needed", container(image=""), C + "image: Required value")
refuse("an image has no space around it", container(image=" b"), C + 'image: Invalid value: " b": must not have leading or trailing whitespace')
refuse("pull policies", container(imagePullPolicy="X"), C + 'imagePullPolicy: Unsupported value: "X": supported values: "Always", "IfNotPresent", "Never"')
refuse("termination message policies", container(terminationMessagePolicy="X"), C + 'terminationMessagePolicy: Unsupported value: "X": supported values: "File", "FallbackToLogsOnError"')

fills("a port is TCP", container(ports=[{"containerPort": 80}]), **{C + "ports[0].protocol": "TCP"})
refuse("a port has a number", container(ports=[{"name": "a"}]), C + "ports[0].containerPort: Required value")
refuse("a port's number", container(ports=[{"containerPort": 70000}]), C + "ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive")
refuse("a port's name has at most 15 characters", container(ports=[{"containerPort": 80, "name": "a234567890123456"}]), C + 'ports[0].name: Invalid value: "a234567890123456": must be no more than 15')
refuse("a port's name has a letter", container(ports=[{"containerPort": 80, "name": "80"}]), C + 'ports[0].name: Invalid value: "80": must contain at least one letter')
refuse("ports' names differ", container(ports=[{"containerPort": 80, "name": "a"}, {"containerPort": 81, "name": "a"}]), C + 'ports[1].name: Duplicate value: "a"')
refuse("protocols", container(ports=[{"containerPort": 80, "protocol": "X"}]), C + 'ports[0].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"')
refuse("a host's port", container(ports=[{"containerPort": 80, "hostPort": 70000}]), C + "ports[0].hostPort: Invalid value: 70000: must be between 1 and 65535, inclusive")

refuse("a variable has a name", container(env=[{"value": "x"}]), C + "env[0].name: Required value")
refuse("a variable's name has no =", container(env=[{"name": "a=b"}]), C + 'env[0].name: Invalid value: "a=b": a valid environment variable name')
accept("a variable's name may hold dots", container(env=[{"name": "a.b-c"}]))
accept("a variable may come twice", container(env=[{"name": "A", "value": "1"}, {"name": "A", "value": "2"}]))
FIELD = {"fieldRef": {"fieldPath": "metadata.name"}}
SECRET = {"secretKeyRef": {"name": "s", "key": "k"}}
fills("a field's API version", container(env=[{"name": "A", "valueFrom": FIELD}]), **{C + "env[0].valueFrom.fieldRef.apiVersion": "v1"})
refuse("a source is one", container(env=[{"name": "A", "valueFrom": {}}]), C + 'env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`…`secretKeyRef`')
refuse("a source is only one", container(env=[{"name": "A", "valueFrom": {**FIELD, **SECRET}}]), C + 'env[0].valueFrom: Invalid value: "": may not have more than one field specified at a time')
refuse("a value or a source", container(env=[{"name": "A", "value": "x", "valueFrom": FIELD}]), C + 'env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty')
refuse("a field that is", container(env=[{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "spec.x"}}}]), C + 'env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.x": error converting fieldPath: field label not supported: spec.x')
refuse("a field that variables can have", container(env=[{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels"}}}]), C + 'env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name"')
accept("one annotation", container(env=[{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.annotations['a/b']"}}}]))
refuse("a secret's key", container(env=[{"name": "A", "valueFrom": {"secretKeyRef": {"name": "s"}}}]), C + "env[0].valueFrom.secretKeyRef.key: Required value")
refuse("a secret's name", container(env=[{"name": "A", "valueFrom": {"secretKeyRef": {"key": "k"}}}]), C + "env[0].valueFrom.secretKeyRef.name: Required value")
refuse("a ConfigMap's key is one", container(env=[{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "s", "key": "a/b"}}}]), C + 'env[0].valueFrom.configMapKeyRef.key: Invalid value: "a/b": a valid config key')
refuse("a resource that is", container(env=[{"name": "A", "valueFrom": {"resourceFieldRef": {"resource": "limits.x"}}}]), C + 'env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.x": supported values: "limits.cpu"')
refuse("envFrom has a source", container(envFrom=[{}]), C + 'envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`')
refuse("envFrom's source has a name", container(envFrom=[{"secretRef": {}}]), C + "envFrom[0].secretRef.name: Required value")

VOLUME = {"name": "v", "emptyDir": {}}


def mounts(*list_, volumes=(VOLUME,)):
    return but(container(volumeMounts=list(list_)), spec__volumes=list(volumes))


accept("a mount", mounts({"name": "v", "mountPath": "/a"}))
refuse("a mount has its volume", mounts({"name": "w", "mountPath": "/a"}), C + 'volumeMounts[0].name: Not found: "w"')
refuse("a mount has a path", mounts({"name": "v", "mountPath": ""}), C + "volumeMounts[0].mountPath: Required value")
refuse("mounts have different paths", mounts({"name": "v", "mountPath": "/a"}, {"name": "v", "mountPath": "/a"}), C + 'volumeMounts[1].mountPath: Invalid value: "/a": must be unique')
refuse("subPath stays inside", mounts({"name": "v", "mountPath": "/a", "subPath": "../x"}), C + 'volumeMounts.subPath: Invalid value: "../x": must not contain \'..\'')
refuse("subPath is relative", mounts({"name": "v", "mountPath": "/a", "subPath": "/x"}), C + 'volumeMounts.subPath: Invalid value: "/x": must be a relative path')
refuse("subPath or subPathExpr", mounts({"name": "v", "mountPath": "/a", "subPath": "x", "subPathExpr": "y"}), C + 'volumeMounts[0].subPathExpr: Invalid value: "y": subPathExpr and subPath are mutually exclusive')


def volume(**source):
    return but(POD, spec__volumes=[{"name": "v", **source}])


fills("a volume without a source is an emptyDir", volume(), **{"spec.volumes[0].emptyDir": {}})
fills("a secret's files are 0644", volume(secret={"secretName": "s"}), **{"spec.volumes[0].secret.defaultMode": 0o644})
fills("a projected token lasts an hour", volume(projected={"sources": [{"serviceAccountToken": {"path": "t"}}]}), **{
    "spec.volumes[0].projected.defaultMode": 0o644, "spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds": 3600})
refuse("a volume has a name", but(POD, spec__volumes=[{"emptyDir": {}}]), "spec.volumes[0].name: Required value")
refuse("a volume's name is a DNS label", but(POD, spec__volumes=[{"name": "a.b", "emptyDir": {}}]), 'spec.volumes[0].name: Invalid value: "a.b": must not contain dots')
refuse("volumes' names differ", but(POD, spec__volumes=[VOLUME, VOLUME]), 'spec.volumes[1].name: Duplicate value: "v"')
refuse("a volume is of one type", volume(emptyDir={}, secret={"secretName": "s"}), "spec.volumes[0].…: Forbidden: may not specify more than 1 volume type")
refuse("a secret volume names it", volume(secret={}), "spec.volumes[0].secret.secretName: Required value")
refuse("a ConfigMap volume names it", volume(configMap={}), "spec.volumes[0].configMap.name: Required value")
refuse("file modes", volume(secret={"secretName": "s", "defaultMode": 0o1777}), "spec.volumes[0].secret.defaultMode: Invalid value: 1023: must be a number between 0 and 0777 (octal), both inclusive")
refuse("an item has a key", volume(secret={"secretName": "s", "items": [{"path": "p"}]}), "spec.volumes[0].secret.items[0].key: Required value")
refuse("an item stays inside", volume(secret={"secretName": "s", "items": [{"key": "k", "path": "a/../b"}]}), "spec.volumes[0].secret.items[0].path: Invalid value: \"a/../b\": must not contain '..'")
refuse("a claim is named", volume(persistentVolumeClaim={"claimName": ""}), "spec.volumes[0].persistentVolumeClaim.claimName: Required value")
refuse("a host path is one", volume(hostPath={"path": ""}), "spec.volumes[0].hostPath.path: Required value")
refuse("a token lasts ten minutes", volume(projected={"sources": [{"serviceAccountToken": {"path": "t", "expirationSeconds": 599}}]}),
       "spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes")
refuse("a projection is of one type", volume(projected={"sources": [{"secret": {"name": "a"}, "configMap": {"name": "b"}}]}),
       "spec.volumes[0].projected.sources[0].…: Forbidden: may not specify more than 1 volume type per source")
refuse("a downward file has a source", volume(downwardAPI={"items": [{"path": "p"}]}), "spec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required")
refuse("a downward file's field", volume(downwardAPI={"items": [{"path": "p", "fieldRef": {"fieldPath": "status.podIP"}}]}), 'spec.volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: "status.podIP"')

fills("what is left out of a probe", container(livenessProbe={"httpGet": {"port": 80}}), **{
    C + "livenessProbe": {"httpGet": {"path": "/", "port": 80, "scheme": "HTTP"}, "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3}})
refuse("a probe has a handler", container(livenessProbe={"periodSeconds": 1}), C + "livenessProbe: Required value: must specify a handler type")
refuse("a probe has one handler", container(livenessProbe={**PROBE, "tcpSocket": {"port": 1}}), C + "livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type")
refuse("a command is needed", container(livenessProbe={"exec": {}}), C + "livenessProbe.exec.command: Required value")
refuse("a probe's port", container(livenessProbe={"tcpSocket": {"port": 0}}), C + "livenessProbe.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive")
refuse("a probe's scheme", container(livenessProbe={"httpGet": {"port": 80, "scheme": "FTP"}}), C + 'livenessProbe.httpGet.scheme: Unsupported value: "FTP": supported values: "HTTP", "HTTPS"')
for name in ("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "failureThreshold"):
    refuse(f"{name} is not negative", container(readinessProbe={**PROBE, name: -1}), C + f"readinessProbe.{name}: Invalid value: -1: must be greater than or equal to 0")
refuse("liveness needs one success", container(livenessProbe={**PROBE, "successThreshold": 2}), C + "livenessProbe.successThreshold: Invalid value: 2: must be 1")
refuse("starting needs one success", container(startupProbe={**PROBE, "successThreshold": 2}), C + "startupProbe.successThreshold: Invalid value: 2: must be 1")
refuse("a probe's grace is positive", container(livenessProbe={**PROBE, "terminationGracePeriodSeconds": 0}), C + "livenessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0")
refuse("readiness ends nothing", container(readinessProbe={**PROBE, "terminationGracePeriodSeconds": 1}), C + "readinessProbe.terminationGracePeriodSeconds: Invalid value: 1: must not be set for readinessProbes")
refuse("a hook has a handler", container(lifecycle={"preStop": {}}), C + "lifecycle.preStop: Required value: must specify a handler type")
accept("a hook may sleep", container(lifecycle={"preStop": {"sleep": {"seconds": 1}}}))

accept("a sidecar with a probe", but(POD, spec__initContainers=[{**INIT, "restartPolicy": "Always", "startupProbe": PROBE}]))
refuse("an init container has no probes", but(POD, spec__initContainers=[{**INIT, "readinessProbe": PROBE}]), "spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always")
refuse("an init container has no hooks", but(POD, spec__initContainers=[{**INIT, "lifecycle": {"preStop": PROBE}}]), "spec.initContainers[0].lifecycle: Forbidden: may not be set for init containers without restartPolicy=Always")

refuse("requests are within limits", container(resources={"limits": {"cpu": "1"}, "requests": {"cpu": "2"}}), C + 'resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1')
refuse("a quantity is not negative", container(resources={"requests": {"memory": "-1"}}), C + 'resources.requests[memory]: Invalid value: "-1": must be greater than or equal to 0')
refuse("a resource is known", container(resources={"requests": {"x": "1"}}), C + 'resources.requests[x]: Invalid value: "x": must be a standard resource for containers')
refuse("extended resources are whole", container(resources={"limits": {"example.com/x": "500m"}}), C + 'resources.limits[example.com/x]: Invalid value: "500m": must be an integer', C + 'resources.requests[example.com/x]: Invalid value: "500m": must be an integer')
refuse("extended resources have equal limits", container(resources={"limits": {"example.com/x": "2"}, "requests": {"example.com/x": "1"}}), C + 'resources.requests: Invalid value: "1": must be equal to example.com/x limit of 2')

refuse("a user's number", container(securityContext={"runAsUser": -1}), C + "securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive")
refuse("privileged is escalation", container(securityContext={"privileged": True, "allowPrivilegeEscalation": False}), C + "securityContext: Invalid value: …: cannot set `allowPrivilegeEscalation` to false and `privileged` to true")
