package rbac

import (
	"testing"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
)

func TestAllows(t *testing.T) {
	pods := rbacv1.PolicyRule{Verbs: []string{"get", "list"}, APIGroups: []string{""}, Resources: []string{"pods", "*/scale"}}
	named := rbacv1.PolicyRule{Verbs: []string{"*"}, APIGroups: []string{"apps"}, Resources: []string{"deployments"}, ResourceNames: []string{"web"}}
	urls := rbacv1.PolicyRule{Verbs: []string{"get"}, NonResourceURLs: []string{"/healthz", "/metrics/*"}}
	resource := func(verb, group, resource, subresource, name string) authorizer.Attributes {
		return authorizer.AttributesRecord{Verb: verb, APIGroup: group, Resource: resource, Subresource: subresource, Name: name, ResourceRequest: true}
	}
	path := func(verb, path string) authorizer.Attributes {
		return authorizer.AttributesRecord{Verb: verb, Path: path}
	}
	for _, test := range []struct {
		name string
		rule rbacv1.PolicyRule
		a    authorizer.Attributes
		want bool
	}{
		{"its resource", pods, resource("get", "", "pods", "", "p"), true},
		{"another verb", pods, resource("delete", "", "pods", "", "p"), false},
		{"another group", pods, resource("get", "apps", "pods", "", "p"), false},
		{"a subresource is not the resource", pods, resource("get", "", "pods", "log", "p"), false},
		{"a subresource of any resource", pods, resource("get", "", "replicationcontrollers", "scale", "r"), true},
		{"a named object", named, resource("patch", "apps", "deployments", "", "web"), true},
		{"another name", named, resource("patch", "apps", "deployments", "", "db"), false},
		{"a list has no name", named, resource("list", "apps", "deployments", "", ""), false},
		{"a path", urls, path("get", "/healthz"), true},
		{"a path below", urls, path("get", "/metrics/cadvisor"), true},
		{"a path beside", urls, path("get", "/healthz/etcd"), false},
		{"a path is no resource", pods, path("get", "pods"), false},
	} {
		if got := allows(&test.rule, test.a); got != test.want {
			t.Errorf("%s: allowed %v, want %v", test.name, got, test.want)
		}
	}
}

func TestApplies(t *testing.T) {
	account := &user.DefaultInfo{Name: "system:serviceaccount:team:bot", Groups: []string{"system:serviceaccounts"}}
	for _, test := range []struct {
		name      string
		subject   rbacv1.Subject
		namespace string
		want      bool
	}{
		{"by user name", rbacv1.Subject{Kind: "User", Name: "system:serviceaccount:team:bot"}, "", true},
		{"by group", rbacv1.Subject{Kind: "Group", Name: "system:serviceaccounts"}, "", true},
		{"by account", rbacv1.Subject{Kind: "ServiceAccount", Namespace: "team", Name: "bot"}, "", true},
		{"by account of the binding's namespace", rbacv1.Subject{Kind: "ServiceAccount", Name: "bot"}, "team", true},
		{"account without any namespace", rbacv1.Subject{Kind: "ServiceAccount", Name: "bot"}, "", false},
		{"another account", rbacv1.Subject{Kind: "ServiceAccount", Namespace: "team", Name: "other"}, "team", false},
	} {
		if got := applies([]rbacv1.Subject{test.subject}, account, test.namespace); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
