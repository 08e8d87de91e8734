# shellcheck shell=bash disable=SC2154 # variables of test.sh
# Custom resources, admission, descriptions of the API, watch.

echo
echo '== custom resources'
crd=$(cat <<'YAML'
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.test.dev}
spec:
  group: test.dev
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wd]}
  versions:
  - name: v1
    served: true
    storage: true
    subresources:
      status: {}
      scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size}
    additionalPrinterColumns:
    - {name: Size, type: integer, jsonPath: .spec.size}
    - {name: Color, type: string, jsonPath: .spec.color}
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            x-kubernetes-validations:
            - {rule: 'self.size <= 10', message: size is at most ten}
            properties:
              size: {type: integer, default: 3, description: How big the widget is}
              color: {type: string, default: red}
          status: {type: object, properties: {size: {type: integer}}}
YAML
)
check 'a CustomResourceDefinition' apply_ss "$crd"
check 'is established' k wait --for=condition=Established crd/widgets.test.dev --timeout=10s
eventually 'plain discovery lists its group' '"name": ?"test.dev"' api GET /apis
eventually 'kubectl lists it' '^widgets +wd +test.dev/v1' k api-resources --api-group=test.dev
refuse 'CEL refuses' 'size is at most ten' apply '{apiVersion: test.dev/v1, kind: Widget, metadata: {name: w, namespace: default}, spec: {size: 11}}'
check 'CEL accepts' apply '{apiVersion: test.dev/v1, kind: Widget, metadata: {name: w, namespace: default}, spec: {size: 5}}'
expect 'columns and a default' '^w +5 +red' k get widgets
refuse 'strict field validation' 'unknown field' apply '{apiVersion: test.dev/v1, kind: Widget, metadata: {name: w2, namespace: default}, spec: {nonsense: 1}}'
check 'status subresource' k patch widget w --subresource=status --type=merge -p '{"status": {"size": 5}, "spec": {"size": 9}}'
expect 'changes status only' '^5 5 1$' k get widget w -o 'jsonpath={.spec.size} {.status.size} {.metadata.generation}'
check 'scale subresource' k scale widget w --replicas=7
expect 'changes the spec' '^7 2$' k get widget w -o 'jsonpath={.spec.size} {.metadata.generation}'
check 'server-side apply' apply_ss '{apiVersion: test.dev/v1, kind: Widget, metadata: {name: ssa, namespace: default}, spec: {color: blue}}'
MANAGER=other refuse 'and its conflict' 'conflict' apply_ss '{apiVersion: test.dev/v1, kind: Widget, metadata: {name: ssa, namespace: default}, spec: {color: green}}'
eventually 'explain' 'How big the widget is' k explain widget.spec.size
refuse 'diff' '\+  color: gray' bash -c "'$assets/kubectl' diff -f - <<<'{apiVersion: test.dev/v1, kind: Widget, metadata: {name: w, namespace: default}, spec: {size: 7, color: gray}}'"
check 'describe' k describe widget w
refuse 'a stale resourceVersion' 'Conflict|object has been modified' k patch widget w --type=merge -p '{"metadata": {"resourceVersion": "1"}, "spec": {"size": 2}}'

echo
echo '== descriptions'
in_json() { api GET "$1" | python3 -c "import json,sys; d=json.load(sys.stdin); sys.exit(0 if ($2) else 1)"; }
check 'openapi/v2 has built-in and custom kinds' in_json /openapi/v2 \
    '"io.k8s.api.batch.v1.Job" in d["definitions"] and "/apis/batch/v1/namespaces/{namespace}/jobs" in d["paths"] and d["definitions"]["dev.test.v1.Widget"]["properties"]["spec"]["properties"]["size"]["type"] == "integer"'
check 'openapi/v2 keeps ObjectMeta inline maps' in_json /openapi/v2 \
    'd["definitions"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"]["properties"]["labels"]["additionalProperties"]["type"] == "string"'
check 'openapi/v3 lists all groups' in_json /openapi/v3 'set(d["paths"]) >= {"api/v1", "apis/batch/v1", "apis/apiextensions.k8s.io/v1", "apis/test.dev/v1"}'
check 'openapi/v3 has the custom schema' in_json /openapi/v3/apis/test.dev/v1 'd["components"]["schemas"]["dev.test.v1.Widget"]["properties"]["spec"]["properties"]["color"]["default"] == "red"'
check 'openapi/v3 has merge keys' in_json /openapi/v3/apis/batch/v1 'd["components"]["schemas"]["io.k8s.api.core.v1.PodSpec"]["properties"]["containers"]["x-kubernetes-list-map-keys"] == ["name"]'

echo
echo '== admission and watch'
check 'a ValidatingAdmissionPolicy' apply '{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: no-gray}, spec: {matchConstraints: {resourceRules: [{apiGroups: [test.dev], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [widgets]}]}, validations: [{expression: "object.spec.color != \"gray\"", message: no gray widgets}]}}'
check 'and its binding' apply '{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicyBinding, metadata: {name: no-gray}, spec: {policyName: no-gray, validationActions: [Deny]}}'
try_gray() { k create --dry-run=server -f - <<<'{apiVersion: test.dev/v1, kind: Widget, metadata: {name: gray, namespace: default}, spec: {color: gray}}'; }
eventually 'refuse' 'no gray widgets' try_gray
check 'a MutatingAdmissionPolicy' apply '{apiVersion: admissionregistration.k8s.io/v1, kind: MutatingAdmissionPolicy, metadata: {name: stamp}, spec: {reinvocationPolicy: Never, matchConstraints: {resourceRules: [{apiGroups: [test.dev], apiVersions: [v1], operations: [CREATE], resources: [widgets]}]}, mutations: [{patchType: ApplyConfiguration, applyConfiguration: {expression: "Object{metadata: Object.metadata{annotations: {\"by\": request.userInfo.username}}}"}}]}}'
check 'and its binding' apply '{apiVersion: admissionregistration.k8s.io/v1, kind: MutatingAdmissionPolicyBinding, metadata: {name: stamp}, spec: {policyName: stamp}}'
try_stamp() { k create --dry-run=server -o 'jsonpath={.metadata.annotations.by}' -f - <<<'{apiVersion: test.dev/v1, kind: Widget, metadata: {name: stamped, namespace: default}, spec: {color: blue}}'; }
eventually 'stamp the author' '^admin$' try_stamp

watch_file=$work/watch
version=$(k get widgets -o 'jsonpath={.metadata.resourceVersion}')
curl -skN -H 'Authorization: Bearer admin-token' "https://127.0.0.1:$port/apis/test.dev/v1/widgets?watch=1&allowWatchBookmarks=true&resourceVersion=$version" >"$watch_file" &
pids+=($!)
check 'a change' k patch widget w --type=merge -p '{"spec": {"size": 1}}'
eventually 'is watched' '"type":"MODIFIED".*"size":1' cat "$watch_file"
check 'a watch list starts' bash -c "curl -skN -m 5 -H 'Authorization: Bearer admin-token' 'https://127.0.0.1:$port/apis/test.dev/v1/widgets?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan' | grep -m1 -q 'k8s.io/initial-events-end'"
check 'a page of a list' bash -c "'$assets/kubectl' get --raw '/apis/test.dev/v1/widgets?limit=1' | grep -q '\"continue\":\"[^\"]'"
check 'delete collection' k delete widgets --all
check 'the definition goes' k delete crd widgets.test.dev
