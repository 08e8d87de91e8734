package kinds

import (
	"context"
	"errors"
	"fmt"
	"slices"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/component-helpers/auth/rbac/validation"
)

// guardedREST refuses to let anyone hand out rights that they do not have.
type guardedREST struct {
	mainREST
	services *Services
}

func extendAccess(s *resourceStorage) {
	s.main = guardedREST{mainREST{s.store, s.kind}, s.services}
}

func (r guardedREST) Create(ctx context.Context, object runtime.Object, validate rest.ValidateObjectFunc, options *metav1.CreateOptions) (runtime.Object, error) {
	if err := r.guard(ctx, object); err != nil {
		return nil, err
	}
	return r.mainREST.Create(ctx, object, validate, options)
}

func (r guardedREST) Update(ctx context.Context, name string, info rest.UpdatedObjectInfo, create rest.ValidateObjectFunc, update rest.ValidateObjectUpdateFunc, force bool, options *metav1.UpdateOptions) (runtime.Object, bool, error) {
	guarded := rest.WrapUpdatedObjectInfo(info, func(ctx context.Context, object, old runtime.Object) (runtime.Object, error) {
		if unchanged(object, old) {
			return object, nil // labels may be changed by those who may not grant
		}
		return object, r.guard(ctx, object)
	})
	return r.mainREST.Update(ctx, name, guarded, create, update, force, options)
}

// unchanged tells whether an update grants nothing new. An object that is made
// by an update has an empty old one.
func unchanged(object, old runtime.Object) bool {
	return metaOf(old).GetUID() != "" && equality.Semantic.DeepEqual(desired(object), desired(old))
}

func (r guardedREST) guard(ctx context.Context, object runtime.Object) error {
	who, ok := genericapirequest.UserFrom(ctx)
	if !ok {
		return apierrors.NewInternalError(errors.New("the request has no user"))
	}
	if slices.Contains(who.GetGroups(), user.SystemPrivilegedGroup) {
		return nil
	}
	namespace := metaOf(object).GetNamespace()
	if namespace == "" {
		namespace = genericapirequest.NamespaceValue(ctx)
	}
	granted, ref, err := r.granted(object, namespace)
	verb, name, resource := "escalate", metaOf(object).GetName(), r.kind.resource
	if ref != nil {
		verb, name, resource = "bind", ref.Name, "roles"
		if ref.Kind == "ClusterRole" {
			resource = "clusterroles"
		}
	}
	decision, _, _ := r.services.Authorizer.Authorize(ctx, authorizer.AttributesRecord{
		User: who, Verb: verb, Namespace: namespace, APIGroup: rbacv1.GroupName, APIVersion: "v1",
		Resource: resource, Name: name, ResourceRequest: true,
	})
	if decision == authorizer.DecisionAllow {
		return nil
	}
	if err == nil {
		owned, _ := r.services.Roles.Rules(who, namespace)
		covered, missing := validation.Covers(owned, granted)
		if covered {
			return nil
		}
		err = fmt.Errorf("user %q (groups=%q) is attempting to grant RBAC permissions not currently held:\n%v", who.GetName(), who.GetGroups(), missing)
	}
	return apierrors.NewForbidden(r.kind.groupResource(), metaOf(object).GetName(), err)
}

// granted returns the rules that an object hands out, and for a binding the role.
func (r guardedREST) granted(object runtime.Object, namespace string) ([]rbacv1.PolicyRule, *rbacv1.RoleRef, error) {
	switch o := object.(type) {
	case *rbacv1.Role:
		return o.Rules, nil, nil
	case *rbacv1.ClusterRole:
		if o.AggregationRule != nil {
			return []rbacv1.PolicyRule{
				{Verbs: []string{"*"}, APIGroups: []string{"*"}, Resources: []string{"*"}},
				{Verbs: []string{"*"}, NonResourceURLs: []string{"*"}},
			}, nil, nil
		}
		return o.Rules, nil, nil
	case *rbacv1.RoleBinding:
		rules, err := r.services.Roles.RulesOf(o.RoleRef, namespace)
		return rules, &o.RoleRef, err
	case *rbacv1.ClusterRoleBinding:
		rules, err := r.services.Roles.RulesOf(o.RoleRef, "")
		return rules, &o.RoleRef, err
	}
	return nil, nil, fmt.Errorf("not a kind of access control: %T", object)
}
