# shellcheck shell=bash disable=SC2154 # variables of test.sh
# Who a caller is and what they may do. Run under RBAC only.

if [[ ${AUTHORIZATION_MODE:-RBAC} != RBAC ]]; then
    return 0
fi

echo
echo '== identity'
as() { local who=$1; shift; k --context "$who" "$@"; }
TOKEN=wrong expect 'a wrong token is refused' '"code": 401' api GET /api/v1/namespaces
expect 'nobody sees the version' '"gitVersion"' curl -sk "https://127.0.0.1:$port/version"
expect 'nobody sees no more' '"code": 403' curl -sk "https://127.0.0.1:$port/api/v1/namespaces"
expect 'a token user' 'alice' as alice auth whoami
expect 'a certificate user' 'carol' as carol auth whoami
expect 'a certificate user has groups' '\[team' as carol auth whoami

echo
echo '== RBAC'
check 'a namespace' k create namespace access
refuse 'nothing is allowed at first' 'cannot list resource "pods"' as alice -n access get pods
check 'a Role' k -n access create role reader --verb=get,list --resource=pods,configmaps
check 'bound to a group' k -n access create rolebinding readers --role=reader --group=team
eventually 'lets its members read' 'No resources found' as alice -n access get pods
expect 'by certificate as well' 'No resources found' as carol -n access get pods
refuse 'not write' 'cannot create resource "configmaps"' as alice -n access create configmap c
refuse 'not elsewhere' 'cannot list resource "pods"' as alice -n default get pods
expect 'can-i, yes' '^yes$' as alice auth can-i list pods -n access
refuse 'can-i, no' '^no$' as alice auth can-i delete pods -n access
expect 'can-i --list' '^pods +\[\] +\[\] +\[get list\]' as alice auth can-i --list -n access
check 'a named rule' k -n access create role one --verb=update,get --resource=secrets --resource-name=mine
check 'bound' k -n access create rolebinding one --role=one --user=alice
eventually 'allows that name' '^yes$' as alice auth can-i update secrets/mine -n access
refuse 'and no other' '^no$' as alice auth can-i update secrets/other -n access
check 'ClusterRole edit in a namespace' k -n access create rolebinding editors --clusterrole=edit --user=alice
eventually 'allows to write' 'created' as alice -n access create configmap c
check 'a right to write roles, not to escalate' apply '{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: grant, namespace: access}, rules: [{apiGroups: [rbac.authorization.k8s.io], resources: [roles, rolebindings], verbs: [create, get, list, patch, update]}]}'
check 'bound' k -n access create rolebinding granters --role=grant --user=bob
refuse 'nobody grants what they lack' 'attempting to grant RBAC permissions not currently held' k -n access create role more --verb=delete --resource=nodes --as=bob
refuse 'nobody binds what they lack' 'attempting to grant RBAC permissions not currently held' k -n access create rolebinding more --clusterrole=cluster-admin --user=bob --as=bob
check 'a part of view' apply '{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: leases-view, labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}}, rules: [{apiGroups: [coordination.k8s.io], resources: [leases], verbs: [get]}]}'
check 'view for somebody' k -n access create rolebinding viewers --clusterrole=view --user=erin
eventually 'includes it' '^yes$' k auth can-i get leases.coordination.k8s.io -n access --as=erin
eventually 'SubjectAccessReview' '"allowed": ?true' api POST /apis/authorization.k8s.io/v1/subjectaccessreviews \
    '{"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "spec": {"user": "alice", "groups": ["team"], "resourceAttributes": {"namespace": "access", "verb": "list", "resource": "pods"}}}'

echo
echo '== service account tokens'
check 'an account' k -n access create serviceaccount bot
token=$(k -n access create token bot --duration=1h)
TOKEN=$token expect 'its token is it' '"username": ?"system:serviceaccount:access:bot"' api POST /apis/authentication.k8s.io/v1/selfsubjectreviews '{"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}'
TOKEN=$token expect 'it may nothing' '"code": 403' api GET /api/v1/namespaces/access/pods
check 'a binding' k -n access create rolebinding bot --role=reader --serviceaccount=access:bot
TOKEN=$token eventually 'lets it' '"kind": ?"PodList"' api GET /api/v1/namespaces/access/pods
token_review() { api POST /apis/authentication.k8s.io/v1/tokenreviews "{\"apiVersion\": \"authentication.k8s.io/v1\", \"kind\": \"TokenReview\", \"spec\": {\"token\": \"$1\"${2:+, \"audiences\": [\"$2\"]}}}"; }
expect 'TokenReview' '"authenticated": ?true' token_review "$token"
refuse 'a short life is refused' 'less than 10 minutes' k -n access create token bot --duration=1m
other=$(k -n access create token bot --audience=gateway)
expect 'another audience' '"authenticated": ?true' token_review "$other" gateway
expect 'is not for the API server' '"error":' token_review "$other"
TOKEN=$other expect 'which refuses it' '"code": 401' api GET /api/v1/namespaces/access/pods
check 'a Pod' apply '{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: access, labels: {app: p}}, spec: {serviceAccountName: bot, containers: [{name: c, image: busybox}]}}'
bound=$(k -n access create token bot --bound-object-kind=Pod --bound-object-name=p)
expect 'a bound token names its Pod' 'authentication.kubernetes.io/pod-name' token_review "$bound"
check 'pods/binding' api POST /api/v1/namespaces/access/pods/p/binding '{"apiVersion": "v1", "kind": "Binding", "metadata": {"name": "p"}, "target": {"kind": "Node", "name": "n1"}}'
expect 'sets the node and the condition' '^n1 PodScheduled$' k -n access get pod p -o 'jsonpath={.spec.nodeName} {.status.conditions[0].type}'
expect 'once' '"code": ?409' api POST /api/v1/namespaces/access/pods/p/binding '{"apiVersion": "v1", "kind": "Binding", "metadata": {"name": "p"}, "target": {"kind": "Node", "name": "n2"}}'

echo
echo '== kubelet'
kubelet_port=$(free_ports 1)
python3 - "$kubelet_port" "$work" <<'PY' &
import http.server, ssl, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = ("log of " + self.path + "\n").encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
    def log_message(self, *a): pass
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[2] + "/ca.crt", sys.argv[2] + "/ca.key")
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
PY
pids+=($!)
check 'a Node' apply "{apiVersion: v1, kind: Node, metadata: {name: n1}}"
check 'its status' k patch node n1 --subresource=status -p "{\"status\": {\"addresses\": [{\"type\": \"InternalIP\", \"address\": \"127.0.0.1\"}], \"daemonEndpoints\": {\"kubeletEndpoint\": {\"Port\": $kubelet_port}}, \"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}], \"nodeInfo\": {\"architecture\": \"\", \"bootID\": \"\", \"containerRuntimeVersion\": \"\", \"kernelVersion\": \"\", \"kubeProxyVersion\": \"\", \"kubeletVersion\": \"v1\", \"machineID\": \"\", \"operatingSystem\": \"\", \"osImage\": \"\", \"systemUUID\": \"\"}}}"
expect 'columns of a Node' '^n1 +Ready +<none>' k get nodes
eventually 'logs come from the node' '^log of /containerLogs/access/p/c\?tailLines=5$' k -n access logs p --tail=5
refuse 'of a container that is there' 'container nope is not valid' k -n access logs p -c nope
check 'running' k -n access patch pod p --subresource=status -p '{"status": {"phase": "Running"}}'
check 'a disruption budget' apply '{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b, namespace: access}, spec: {minAvailable: 1, selector: {matchLabels: {app: p}}}}'
evict() { api POST /api/v1/namespaces/access/pods/p/eviction '{"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "p"}, "deleteOptions": {"gracePeriodSeconds": 0}}'; }
expect 'eviction is refused' '"code": ?429' evict
check 'a disruption is allowed' k -n access patch pdb b --subresource=status --type=merge -p '{"status": {"disruptionsAllowed": 1, "observedGeneration": 1}}'
expect 'eviction' '"Success"' evict
refuse 'the Pod is gone' 'not found' k -n access get pod p
eventually 'and its token with it' '"error":' token_review "$bound"
check 'the account goes' k -n access delete serviceaccount bot
