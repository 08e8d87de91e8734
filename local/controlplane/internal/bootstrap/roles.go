package bootstrap

import (
	"slices"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// The roles that every cluster starts with, under their usual names. Those of
// single controllers are left out: nothing here runs them.

const (
	aggregateTo  = "rbac.authorization.k8s.io/aggregate-to-"
	bootstrapped = "kubernetes.io/bootstrapping"
)

var (
	read  = []string{"get", "list", "watch"}
	write = []string{"create", "delete", "deletecollection", "patch", "update"}
	both  = slices.Concat(read, write)
	every = []string{"*"}
)

func rule(verbs []string, group string, resources ...string) rbacv1.PolicyRule {
	return rbacv1.PolicyRule{Verbs: verbs, APIGroups: []string{group}, Resources: resources}
}

func paths(urls ...string) rbacv1.PolicyRule {
	return rbacv1.PolicyRule{Verbs: []string{"get"}, NonResourceURLs: urls}
}

func verbs(names ...string) []string { return names }

func role(name string, rules ...rbacv1.PolicyRule) rbacv1.ClusterRole {
	return rbacv1.ClusterRole{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{bootstrapped: "rbac-defaults"}}, Rules: rules}
}

// part is a role whose rules become those of a user-facing role.
func part(of string, rules ...rbacv1.PolicyRule) rbacv1.ClusterRole {
	r := role("system:aggregate-to-"+of, rules...)
	r.Labels[aggregateTo+of] = "true"
	return r
}

// whole is a user-facing role: all that is labelled to be part of it, custom
// resources' roles included.
func whole(name string, includes ...string) rbacv1.ClusterRole {
	r := role(name)
	r.AggregationRule = &rbacv1.AggregationRule{}
	for _, of := range append([]string{name}, includes...) {
		r.AggregationRule.ClusterRoleSelectors = append(r.AggregationRule.ClusterRoleSelectors,
			metav1.LabelSelector{MatchLabels: map[string]string{aggregateTo + of: "true"}})
	}
	return r
}

var (
	discovery   = paths("/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/")
	publicInfo  = paths("/healthz", "/livez", "/readyz", "/version", "/version/")
	selfReviews = []rbacv1.PolicyRule{
		rule(verbs("create"), "authorization.k8s.io", "selfsubjectaccessreviews", "selfsubjectrulesreviews"),
		rule(verbs("create"), "authentication.k8s.io", "selfsubjectreviews"),
	}
	reviews = []rbacv1.PolicyRule{
		rule(verbs("create"), "authentication.k8s.io", "tokenreviews"),
		rule(verbs("create"), "authorization.k8s.io", "subjectaccessreviews"),
	}
)

var clusterRoles = []rbacv1.ClusterRole{
	role("cluster-admin", rule(every, "*", "*"), rbacv1.PolicyRule{Verbs: every, NonResourceURLs: every}),
	role("system:discovery", discovery),
	role("system:public-info-viewer", publicInfo),
	role("system:basic-user", selfReviews...),
	role("system:monitoring", paths("/metrics", "/metrics/slis", "/livez", "/readyz", "/healthz", "/livez/*", "/readyz/*", "/healthz/*")),
	role("system:auth-delegator", reviews...),

	whole("view"), whole("edit", "view"), whole("admin", "edit", "view"),
	part("view",
		rule(read, "", "configmaps", "endpoints", "persistentvolumeclaims", "persistentvolumeclaims/status", "pods", "replicationcontrollers",
			"replicationcontrollers/scale", "serviceaccounts", "services", "services/status", "bindings", "events", "limitranges",
			"namespaces/status", "pods/log", "pods/status", "replicationcontrollers/status", "resourcequotas", "resourcequotas/status", "namespaces"),
		rule(read, "discovery.k8s.io", "endpointslices"),
		rule(read, "apps", "controllerrevisions", "daemonsets", "daemonsets/status", "deployments", "deployments/scale", "deployments/status",
			"replicasets", "replicasets/scale", "replicasets/status", "statefulsets", "statefulsets/scale", "statefulsets/status"),
		rule(read, "autoscaling", "horizontalpodautoscalers", "horizontalpodautoscalers/status"),
		rule(read, "batch", "cronjobs", "cronjobs/status", "jobs", "jobs/status"),
		rule(read, "policy", "poddisruptionbudgets", "poddisruptionbudgets/status"),
		rule(read, "networking.k8s.io", "ingresses", "ingresses/status", "networkpolicies")),
	part("edit",
		rule(read, "", "pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "secrets", "services/proxy"),
		rule(verbs("impersonate"), "", "serviceaccounts"),
		rule(write, "", "pods", "pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "configmaps", "events", "persistentvolumeclaims",
			"replicationcontrollers", "replicationcontrollers/scale", "secrets", "serviceaccounts", "services", "services/proxy"),
		rule(verbs("create"), "", "pods/eviction", "serviceaccounts/token"),
		rule(write, "apps", "daemonsets", "deployments", "deployments/rollback", "deployments/scale", "replicasets", "replicasets/scale", "statefulsets", "statefulsets/scale"),
		rule(write, "autoscaling", "horizontalpodautoscalers"),
		rule(write, "batch", "cronjobs", "jobs"),
		rule(write, "policy", "poddisruptionbudgets"),
		rule(write, "networking.k8s.io", "ingresses", "networkpolicies"),
		rule(both, "coordination.k8s.io", "leases")),
	part("admin",
		rule(verbs("create"), "authorization.k8s.io", "localsubjectaccessreviews"),
		rule(both, "rbac.authorization.k8s.io", "roles", "rolebindings")),

	role("system:node", append([]rbacv1.PolicyRule{
		rule(read, "", "services", "nodes", "pods", "configmaps", "secrets", "persistentvolumeclaims", "persistentvolumes"),
		rule(verbs("create", "get", "list", "watch", "patch", "update", "delete"), "", "nodes"),
		rule(verbs("patch", "update"), "", "nodes/status", "pods/status", "persistentvolumeclaims/status"),
		rule(verbs("create", "delete"), "", "pods"),
		rule(verbs("create"), "", "pods/eviction", "serviceaccounts/token"),
		rule(verbs("create", "patch", "update"), "", "events"),
		rule(verbs("create", "get", "update", "patch", "delete"), "coordination.k8s.io", "leases"),
	}, reviews...)...),
	role("system:kube-scheduler", append([]rbacv1.PolicyRule{
		rule(read, "", "nodes", "pods", "services", "persistentvolumes", "persistentvolumeclaims", "namespaces", "replicationcontrollers"),
		rule(verbs("delete"), "", "pods"),
		rule(verbs("create"), "", "pods/binding", "bindings"),
		rule(verbs("patch", "update"), "", "pods/status"),
		rule(read, "apps", "replicasets", "statefulsets"),
		rule(read, "policy", "poddisruptionbudgets"),
		rule(verbs("create", "patch", "update"), "", "events"),
		rule(verbs("create", "patch", "update"), "events.k8s.io", "events"),
		rule(verbs("create", "get", "list", "watch", "update", "patch"), "coordination.k8s.io", "leases"),
	}, reviews...)...),
	// In a real cluster its controllers have an account and a role each; here one
	// program is all of them, so its role is what they have together.
	role("system:kube-controller-manager", rule(every, "*", "*"), discovery),
}

// clusterRoleBindings say who has which of them from the start.
var clusterRoleBindings = []rbacv1.ClusterRoleBinding{
	binding("cluster-admin", group("system:masters")),
	binding("system:discovery", group("system:authenticated")),
	binding("system:basic-user", group("system:authenticated")),
	binding("system:public-info-viewer", group("system:authenticated"), group("system:unauthenticated")),
	binding("system:monitoring", group("system:monitoring")),
	binding("system:kube-scheduler", userNamed("system:kube-scheduler")),
	binding("system:kube-controller-manager", userNamed("system:kube-controller-manager")),
	binding("system:node", group("system:nodes")),
}

func binding(name string, subjects ...rbacv1.Subject) rbacv1.ClusterRoleBinding {
	return rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{bootstrapped: "rbac-defaults"}},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: name},
		Subjects:   subjects,
	}
}

func group(name string) rbacv1.Subject {
	return rbacv1.Subject{APIGroup: rbacv1.GroupName, Kind: rbacv1.GroupKind, Name: name}
}

func userNamed(user string) rbacv1.Subject {
	return rbacv1.Subject{APIGroup: rbacv1.GroupName, Kind: rbacv1.UserKind, Name: user}
}
