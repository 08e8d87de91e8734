"""ConfigMap and Secret."""

import base64

from cases import REMOVE, accept, but, fills, refuse, update

CONFIG = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {}, "data": {"a": "1"}}
SECRET = {"apiVersion": "v1", "kind": "Secret", "metadata": {}, "data": {"a": "eA=="}}
MIB = 1 << 20
frozen = "field is immutable when `immutable` is set"


def b64(text):
    return base64.b64encode(text.encode()).decode()


refuse("a key is of letters, digits, -, _ and .", but(CONFIG, {("data", "a/b"): "x"}), "data[a/b]: Invalid value: \"a/b\": a valid config key must consist of alphanumeric characters")
refuse("a key is not ..", but(CONFIG, {("data", ".."): "x"}), 'data[..]: Invalid value: "..": must not be \'..\'')
refuse("a key of binaryData too", but(CONFIG, {("binaryData", "a b"): "eA=="}), "binaryData[a b]: Invalid value: \"a b\": a valid config key")
refuse("a key is in data or in binaryData", but(CONFIG, binaryData__a="eA=="), 'data[a]: Invalid value: "a": duplicate of key present in binaryData')
refuse("1 MiB at most", but(CONFIG, data={"a": "x" * MIB, "b": "y"}), "[]: Too long: may not be more than 1048576 bytes")
accept("1 MiB", but(CONFIG, data={"a": "x" * MIB}))
update("immutable data stays", but(CONFIG, immutable=True), {"data.a": "2"}, "data: Forbidden: " + frozen)
update("immutable binaryData stays", but(CONFIG, immutable=True), {"binaryData.b": "eA=="}, "binaryData: Forbidden: " + frozen)
update("immutable stays so", but(CONFIG, immutable=True), {"immutable": REMOVE}, "immutable: Forbidden: " + frozen)
update("immutable data, other labels", but(CONFIG, immutable=True), {"metadata.labels": {"a": "b"}})

fills("Opaque when no type is said", SECRET, type="Opaque")
fills("stringData becomes data", but(SECRET, {"data": REMOVE, "stringData": {"k": "v"}}), data={"k": b64("v")}, stringData=None)
refuse("a key is of letters, digits, -, _ and .", but(SECRET, {("data", "a/b"): "eA=="}), "data[a/b]: Invalid value: \"a/b\": a valid config key")
refuse("1 MiB at most", but(SECRET, data={"a": b64("x" * (MIB + 1))}), "data: Too long: may not be more than 1048576 bytes")
update("the type stays", SECRET, {"type": "example.com/other"}, 'type: Invalid value: "example.com/other": field is immutable')
update("immutable data stays", but(SECRET, immutable=True), {"data.a": b64("2")}, "data: Forbidden: " + frozen)
update("immutable stays so", but(SECRET, immutable=True), {"immutable": False}, "immutable: Forbidden: " + frozen)
for kind, keys in {"kubernetes.io/tls": ["tls.crt", "tls.key"], "kubernetes.io/ssh-auth": ["ssh-privatekey"],
                   "kubernetes.io/basic-auth": ["username", "password"], "kubernetes.io/dockercfg": [".dockercfg"],
                   "kubernetes.io/dockerconfigjson": [".dockerconfigjson"]}.items():
    refuse(f"{kind} has its keys", but(SECRET, type=kind), *(f"data[{key}]: Required value" for key in keys))
    accept(f"{kind} with its keys", but(SECRET, type=kind, data={key: b64("{}") for key in keys}))
accept("kubernetes.io/basic-auth with a password alone", but(SECRET, type="kubernetes.io/basic-auth", data={"password": "eA=="}))
refuse("kubernetes.io/dockerconfigjson is JSON", but(SECRET, {"type": "kubernetes.io/dockerconfigjson", ("data", ".dockerconfigjson"): b64("x")}),
       'data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character')
refuse("kubernetes.io/service-account-token names its account", but(SECRET, type="kubernetes.io/service-account-token"),
       "metadata.annotations[kubernetes.io/service-account.name]: Required value")
