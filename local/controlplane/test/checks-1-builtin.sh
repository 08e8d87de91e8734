# shellcheck shell=bash disable=SC2154 # variables of test.sh
# Built-in kinds.

echo '== built-in kinds'
expect 'readyz' '^ok$' api GET /readyz
expect 'version is at least 1.33' '"minor": "(3[3-9]|[4-9][0-9])' api GET /version
for name in default kube-system kube-public kube-node-lease; do
    expect "namespace $name" Active k get namespace "$name"
done
expect 'the kubernetes Service has the first address' '^kubernetes +ClusterIP +10.0.0.1 +<none> +443/TCP' k -n default get services
check 'a namespace is created' k create namespace team
eventually 'it gets a default ServiceAccount' '^default +0' k -n team get serviceaccounts
refuse 'its name is validated' 'Invalid value: "No_Good"' k create namespace No_Good

job='{apiVersion: batch/v1, kind: Job, metadata: {name: work, namespace: team}, spec: {completions: 2, template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}}}'
check 'apply a Job' apply "$job"
expect 'columns of a Job' '^work +Running +0/2' k -n team get jobs
expect 'its wide columns' 'main +busybox +batch.kubernetes.io/controller-uid=' k -n team get jobs -o wide
expect 'it got a selector with its uid' "^$(k -n team get job work -o jsonpath='{.metadata.uid}')$" \
    k -n team get job work -o 'jsonpath={.spec.selector.matchLabels.batch\.kubernetes\.io/controller-uid}'
expect 'generation starts at 1' '^1$' k -n team get job work -o 'jsonpath={.metadata.generation}'
check 'a change of the spec' k -n team patch job work --type=merge -p '{"spec": {"parallelism": 2}}'
expect 'is generation 2' '^2$' k -n team get job work -o 'jsonpath={.metadata.generation}'
refuse 'diff sees a change' 'busybox:3' bash -c "sed 's/busybox/busybox:3/' <<<'$job' | '$assets/kubectl' diff -f -"
check 'status is a subresource' k -n team patch job work --subresource=status -p '{"status": {"succeeded": 1}}'
expect 'status changed, generation did not' '^1 2$' k -n team get job work -o 'jsonpath={.status.succeeded} {.metadata.generation}'
check 'status in the main resource is ignored' k -n team patch job work --type=merge -p '{"status": {"succeeded": 9}}'
expect 'it was' '^1$' k -n team get job work -o 'jsonpath={.status.succeeded}'
check 'describe' k -n team describe job work
expect 'explain' 'backoffLimit' k explain job.spec
expect 'explain recursive, v2 and v3 agree on kinds' 'restartPolicy' k explain pod.spec.restartPolicy
expect 'deleting a Job by API leaves Pods, with a warning' 'child pods are preserved' curl -sk -X DELETE -D - -H 'Authorization: Bearer admin-token' \
    "https://127.0.0.1:$port/apis/batch/v1/namespaces/team/jobs/work"
expect 'orphan finalizer' '\["orphan"\]' k -n team get job work -o 'jsonpath={.metadata.finalizers}'
check 'finalizer removed' k -n team patch job work --type=json -p '[{"op": "remove", "path": "/metadata/finalizers"}]'
refuse 'it is gone' 'not found' k -n team get job work

deployment='{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: team}, spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}}}'
check 'server-side apply a Deployment' apply_ss "$deployment"
expect 'columns of a Deployment' '^web +0/2 +0 +0' k -n team get deployments
refuse 'server-side apply conflicts' 'conflict' env bash -c "sed 's/replicas: 2/replicas: 5/' <<<'$deployment' | '$assets/kubectl' apply --server-side --field-manager=other -f -"
expect 'managed fields name the manager' '^test$' k -n team get deployment web -o 'jsonpath={.metadata.managedFields[0].manager}' --show-managed-fields
check 'the same once more' apply_ss "$deployment"
expect 'changes nothing: what the server filled in belongs to nobody' '^1$' k -n team get deployment web -o 'jsonpath={.metadata.generation}'
version=$(k -n team get deployment web -o 'jsonpath={.metadata.resourceVersion}')
check 'and again' apply_ss "$deployment"
expect 'not even the version' "^$version$" k -n team get deployment web -o 'jsonpath={.metadata.resourceVersion}'
check 'strategic merge patch' k -n team patch deployment web -p '{"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "nginx:2"}]}}}}'
expect 'merged by name' '^nginx:2$' k -n team get deployment web -o 'jsonpath={.spec.template.spec.containers[*].image}'
check 'scale' k -n team scale deployment web --replicas=3
expect 'scaled' '^3$' k -n team get deployment web -o 'jsonpath={.spec.replicas}'
check 'foreground deletion' k -n team delete deployment web --cascade=foreground --wait=false
expect 'waits for dependents' 'foregroundDeletion' k -n team get deployment web -o 'jsonpath={.metadata.finalizers}'

pod='{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: team}, spec: {nodeName: n1, terminationGracePeriodSeconds: 30, containers: [{name: c, image: busybox}]}}'
check 'create a Pod on a node' apply "$pod"
expect 'columns of a Pod' '^p +0/1 +Pending +0' k -n team get pods
expect 'field selector' '^p ' k get pods -A --field-selector spec.nodeName=n1 --no-headers -o 'custom-columns=N:.metadata.name,X:.kind'
check 'delete it with grace' k -n team delete pod p --wait=false
expect 'it stays, terminating' '^p +0/1 +Terminating' k -n team get pods
expect 'for 30 s' '^30$' k -n team get pod p -o 'jsonpath={.metadata.deletionGracePeriodSeconds}'
check 'the kubelet deletes with grace 0' api DELETE '/api/v1/namespaces/team/pods/p' '{"apiVersion": "v1", "kind": "DeleteOptions", "gracePeriodSeconds": 0}'
refuse 'and it is gone' 'not found' k -n team get pod p

check 'a Secret with stringData' apply '{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: team}, stringData: {key: value}}'
expect 'columns of a Secret' '^s +Opaque +1' k -n team get secrets
expect 'stringData became data' '^dmFsdWU=$' k -n team get secret s -o 'jsonpath={.data.key}'
check 'a ConfigMap' k -n team create configmap cm --from-literal=a=1 --from-literal=b=2
expect 'columns of a ConfigMap' '^cm +2' k -n team get configmaps
check 'a ControllerRevision' apply '{apiVersion: apps/v1, kind: ControllerRevision, metadata: {name: r1, namespace: team}, revision: 1, data: {a: 1}}'
refuse 'its data is immutable' 'immutable' apply '{apiVersion: apps/v1, kind: ControllerRevision, metadata: {name: r1, namespace: team}, revision: 1, data: {a: 2}}'

event='{apiVersion: events.k8s.io/v1, kind: Event, metadata: {name: e1, namespace: team}, eventTime: "2026-01-01T00:00:00.000000Z", reportingController: test.dev/x, reportingInstance: x-1, action: Ran, reason: Tested, type: Normal, note: hello, regarding: {kind: ServiceAccount, name: default, namespace: team, apiVersion: v1, uid: UID}}'
event=${event/UID/$(k -n team get serviceaccount default -o jsonpath='{.metadata.uid}')}
check 'an events.k8s.io Event' apply "$event"
expect 'read as a core Event' '^hello default$' k -n team get events.v1. e1 -o 'jsonpath={.message} {.involvedObject.name}'
expect 'columns of an Event' 'Normal +Tested +serviceaccount/default +hello' k -n team get events
expect 'describe shows it' 'Tested' k -n team describe serviceaccount default
expect 'events of one object' 'Tested' k -n team get events --field-selector involvedObject.kind=ServiceAccount,involvedObject.name=default

check 'finalizers hold a ConfigMap' k -n team patch configmap cm --type=merge -p '{"metadata": {"finalizers": ["test.dev/hold"]}}'
check 'deleting it' k -n team delete configmap cm --wait=false
expect 'leaves it marked' '^20' k -n team get configmap cm -o 'jsonpath={.metadata.deletionTimestamp}'
check 'until the finalizer goes' k -n team patch configmap cm --type=merge -p '{"metadata": {"finalizers": null}}'
refuse 'then it is gone' 'not found' k -n team get configmap cm

check 'a namespace is deleted in steps' k delete namespace team --wait=false
expect 'Terminating first' Terminating k get namespace team
refuse 'nothing new in it' 'being terminated' k -n team create configmap late
expect 'finalize removes it' '"team"' api PUT /api/v1/namespaces/team/finalize '{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "team"}, "spec": {"finalizers": []}}'
refuse 'gone' 'not found' k get namespace team
