package rbac

import (
	"context"
	"errors"
	"fmt"

	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	informers "k8s.io/client-go/informers/rbac/v1"
	listers "k8s.io/client-go/listers/rbac/v1"
)

// Authorizer decides by stored Roles, ClusterRoles and their bindings.
type Authorizer struct {
	roles               listers.RoleLister
	roleBindings        listers.RoleBindingLister
	clusterRoles        listers.ClusterRoleLister
	clusterRoleBindings listers.ClusterRoleBindingLister
}

// New returns an authorizer that reads from informers.
func New(i informers.Interface) *Authorizer {
	return &Authorizer{i.Roles().Lister(), i.RoleBindings().Lister(), i.ClusterRoles().Lister(), i.ClusterRoleBindings().Lister()}
}

// Authorize allows what some rule allows; it never denies, so that another
// authorizer may still allow.
func (z *Authorizer) Authorize(_ context.Context, a authorizer.Attributes) (authorizer.Decision, string, error) {
	reason := ""
	err := z.visit(a.GetUser(), a.GetNamespace(), func(why string, rule *rbacv1.PolicyRule) bool {
		if !allows(rule, a) {
			return true
		}
		reason = "RBAC: allowed by " + why
		return false
	})
	if reason != "" {
		return authorizer.DecisionAllow, reason, nil
	}
	if err != nil {
		reason = fmt.Sprintf("RBAC: %v", err)
	}
	return authorizer.DecisionNoOpinion, reason, nil
}

// Rules returns every rule that applies to a user in a namespace. Bindings to
// roles that are not there are reported beside them.
func (z *Authorizer) Rules(u user.Info, namespace string) ([]rbacv1.PolicyRule, error) {
	var rules []rbacv1.PolicyRule
	err := z.visit(u, namespace, func(_ string, rule *rbacv1.PolicyRule) bool {
		rules = append(rules, *rule)
		return true
	})
	return rules, err
}

// RulesFor is Rules in the words of SelfSubjectRulesReview.
func (z *Authorizer) RulesFor(_ context.Context, u user.Info, namespace string) ([]authorizer.ResourceRuleInfo, []authorizer.NonResourceRuleInfo, bool, error) {
	var resources []authorizer.ResourceRuleInfo
	var urls []authorizer.NonResourceRuleInfo
	rules, err := z.Rules(u, namespace)
	for _, r := range rules {
		if len(r.Resources) > 0 {
			resources = append(resources, &authorizer.DefaultResourceRuleInfo{Verbs: r.Verbs, APIGroups: r.APIGroups, Resources: r.Resources, ResourceNames: r.ResourceNames})
		}
		if len(r.NonResourceURLs) > 0 {
			urls = append(urls, &authorizer.DefaultNonResourceRuleInfo{Verbs: r.Verbs, NonResourceURLs: r.NonResourceURLs})
		}
	}
	return resources, urls, false, err
}

// visit calls next with each rule that applies until it returns false.
func (z *Authorizer) visit(u user.Info, namespace string, next func(why string, rule *rbacv1.PolicyRule) bool) error {
	if u == nil {
		return errors.New("no user")
	}
	var errs []error
	each := func(why string, ref rbacv1.RoleRef, roleNamespace string) bool {
		rules, err := z.RulesOf(ref, roleNamespace)
		if err != nil {
			if !apierrors.IsNotFound(err) {
				errs = append(errs, err)
			} else {
				errs = append(errs, fmt.Errorf("%s names a role that does not exist: %w", why, err))
			}
		}
		for i := range rules {
			if !next(why, &rules[i]) {
				return false
			}
		}
		return true
	}
	clusterBindings, err := z.clusterRoleBindings.List(labels.Everything())
	if err != nil {
		return err
	}
	for _, b := range clusterBindings {
		if applies(b.Subjects, u, "") && !each(fmt.Sprintf("ClusterRoleBinding %q", b.Name), b.RoleRef, "") {
			return nil
		}
	}
	if namespace == "" {
		return utilerrors.NewAggregate(errs)
	}
	bindings, err := z.roleBindings.RoleBindings(namespace).List(labels.Everything())
	if err != nil {
		return err
	}
	for _, b := range bindings {
		if applies(b.Subjects, u, namespace) && !each(fmt.Sprintf("RoleBinding %q", namespace+"/"+b.Name), b.RoleRef, namespace) {
			return nil
		}
	}
	return utilerrors.NewAggregate(errs)
}

// RulesOf returns the rules of the role that a binding names.
func (z *Authorizer) RulesOf(ref rbacv1.RoleRef, namespace string) ([]rbacv1.PolicyRule, error) {
	switch {
	case ref.Kind == "ClusterRole":
		role, err := z.clusterRoles.Get(ref.Name)
		if err != nil {
			return nil, err
		}
		return z.aggregated(role)
	case ref.Kind == "Role" && namespace != "":
		role, err := z.roles.Roles(namespace).Get(ref.Name)
		if err != nil {
			return nil, err
		}
		return role.Rules, nil
	}
	return nil, fmt.Errorf("unknown role kind %q", ref.Kind)
}

// aggregated adds the rules of the roles that a role's aggregationRule selects.
// In a real cluster a controller writes them into the role.
func (z *Authorizer) aggregated(role *rbacv1.ClusterRole) ([]rbacv1.PolicyRule, error) {
	if role.AggregationRule == nil {
		return role.Rules, nil
	}
	rules := role.Rules[:len(role.Rules):len(role.Rules)]
	for i := range role.AggregationRule.ClusterRoleSelectors {
		selector, err := metav1.LabelSelectorAsSelector(&role.AggregationRule.ClusterRoleSelectors[i])
		if err != nil {
			return rules, err
		}
		parts, err := z.clusterRoles.List(selector)
		if err != nil {
			return rules, err
		}
		for _, part := range parts {
			if part.Name != role.Name {
				rules = append(rules, part.Rules...)
			}
		}
	}
	return rules, nil
}
