package validate

import (
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/api/validation/path"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Role checks a Role, new or changed.
func Role(r *rbacv1.Role) errorList { return policyRules(r.Rules, true) }

// ClusterRole checks a ClusterRole, new or changed.
func ClusterRole(r *rbacv1.ClusterRole) errorList {
	errs := policyRules(r.Rules, false)
	if r.AggregationRule == nil {
		return errs
	}
	at := field.NewPath("aggregationRule", "clusterRoleSelectors")
	if len(r.AggregationRule.ClusterRoleSelectors) == 0 {
		errs = append(errs, field.Required(at, "at least one clusterRoleSelector required if aggregationRule is non-nil"))
	}
	for i := range r.AggregationRule.ClusterRoleSelectors {
		errs = append(errs, optionalSelector(at.Index(i), &r.AggregationRule.ClusterRoleSelectors[i])...)
	}
	return errs
}

func policyRules(rules []rbacv1.PolicyRule, namespaced bool) errorList {
	var errs errorList
	for i, rule := range rules {
		at := field.NewPath("rules").Index(i)
		if len(rule.Verbs) == 0 {
			errs = append(errs, field.Required(at.Child("verbs"), "verbs must contain at least one value"))
		}
		if len(rule.NonResourceURLs) > 0 {
			if namespaced {
				errs = append(errs, field.Invalid(at.Child("nonResourceURLs"), rule.NonResourceURLs, "namespaced rules cannot apply to non-resource URLs"))
			}
			if len(rule.APIGroups)+len(rule.Resources)+len(rule.ResourceNames) > 0 {
				errs = append(errs, field.Invalid(at.Child("nonResourceURLs"), rule.NonResourceURLs, "rules cannot apply to both regular resources and non-resource URLs"))
			}
			continue
		}
		if len(rule.APIGroups) == 0 {
			errs = append(errs, field.Required(at.Child("apiGroups"), "resource rules must supply at least one api group"))
		}
		if len(rule.Resources) == 0 {
			errs = append(errs, field.Required(at.Child("resources"), "resource rules must supply at least one resource"))
		}
	}
	return errs
}

// RoleBinding checks a RoleBinding, new or changed.
func RoleBinding(b *rbacv1.RoleBinding) errorList {
	return append(roleRef(b.RoleRef, "ClusterRole", "Role"), subjects(b.Subjects, false)...)
}

// RoleBindingUpdate keeps the role that is bound.
func RoleBindingUpdate(b, old *rbacv1.RoleBinding) errorList {
	return append(RoleBinding(b), sameRole(b.RoleRef, old.RoleRef)...)
}

// ClusterRoleBinding checks a ClusterRoleBinding, new or changed.
func ClusterRoleBinding(b *rbacv1.ClusterRoleBinding) errorList {
	return append(roleRef(b.RoleRef, "ClusterRole"), subjects(b.Subjects, true)...)
}

// ClusterRoleBindingUpdate keeps the role that is bound.
func ClusterRoleBindingUpdate(b, old *rbacv1.ClusterRoleBinding) errorList {
	return append(ClusterRoleBinding(b), sameRole(b.RoleRef, old.RoleRef)...)
}

func sameRole(is, was rbacv1.RoleRef) errorList {
	if is != was {
		return errorList{field.Invalid(field.NewPath("roleRef"), is, "cannot change roleRef")}
	}
	return nil
}

func roleRef(ref rbacv1.RoleRef, kinds ...string) errorList {
	at := field.NewPath("roleRef")
	var errs errorList
	if ref.APIGroup != rbacv1.GroupName {
		errs = append(errs, field.NotSupported(at.Child("apiGroup"), ref.APIGroup, []string{rbacv1.GroupName}))
	}
	known := false
	for _, kind := range kinds {
		known = known || kind == ref.Kind
	}
	if !known {
		errs = append(errs, field.NotSupported(at.Child("kind"), ref.Kind, kinds))
	}
	if ref.Name == "" {
		return append(errs, field.Required(at.Child("name"), ""))
	}
	return append(errs, reasons(at.Child("name"), ref.Name, path.ValidatePathSegmentName(ref.Name, false))...)
}

func subjects(list []rbacv1.Subject, clusterScoped bool) errorList {
	var errs errorList
	for i, s := range list {
		at := field.NewPath("subjects").Index(i)
		errs = append(errs, required(at.Child("name"), s.Name)...)
		group := rbacv1.GroupName
		switch s.Kind {
		case rbacv1.ServiceAccountKind:
			group = ""
			if s.Name != "" {
				errs = append(errs, reasons(at.Child("name"), s.Name, validation.ValidateServiceAccountName(s.Name, false))...)
			}
			if clusterScoped || s.Namespace != "" {
				errs = append(errs, required(at.Child("namespace"), s.Namespace)...)
			}
		case rbacv1.UserKind, rbacv1.GroupKind:
		default:
			errs = append(errs, field.NotSupported(at.Child("kind"), s.Kind, strings.Fields("Group ServiceAccount User")))
			continue
		}
		if s.APIGroup != group {
			errs = append(errs, field.NotSupported(at.Child("apiGroup"), s.APIGroup, []string{group}))
		}
	}
	return errs
}
