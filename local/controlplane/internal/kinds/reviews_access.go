package kinds

import (
	"context"
	"fmt"

	authorizationv1 "k8s.io/api/authorization/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
)

// accessReviews answer what somebody may do.
type accessReviews struct {
	authorizer authorizer.Authorizer
	resolver   authorizer.RuleResolver
}

func (a accessReviews) subject(ctx context.Context, review *authorizationv1.SubjectAccessReview) error {
	spec := review.Spec
	if spec.User == "" && len(spec.Groups) == 0 {
		return apierrors.NewBadRequest("spec.user or spec.groups must be set")
	}
	extra := map[string][]string{}
	for key, values := range spec.Extra {
		extra[key] = values
	}
	who := &user.DefaultInfo{Name: spec.User, UID: spec.UID, Groups: spec.Groups, Extra: extra}
	status, err := a.decide(ctx, who, spec.ResourceAttributes, spec.NonResourceAttributes)
	review.Status = status
	return err
}

func (a accessReviews) local(ctx context.Context, review *authorizationv1.LocalSubjectAccessReview) error {
	namespace := genericapirequest.NamespaceValue(ctx)
	if review.Spec.ResourceAttributes == nil || review.Spec.ResourceAttributes.Namespace != namespace {
		return apierrors.NewBadRequest(fmt.Sprintf("spec.resourceAttributes.namespace must be %q, the request's", namespace))
	}
	whole := &authorizationv1.SubjectAccessReview{Spec: review.Spec}
	err := a.subject(ctx, whole)
	review.Status = whole.Status
	return err
}

func (a accessReviews) self(ctx context.Context, review *authorizationv1.SelfSubjectAccessReview) error {
	who, ok := genericapirequest.UserFrom(ctx)
	if !ok {
		return apierrors.NewBadRequest("the request has no user")
	}
	status, err := a.decide(ctx, who, review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes)
	review.Status = status
	return err
}

func (a accessReviews) decide(ctx context.Context, who user.Info, resource *authorizationv1.ResourceAttributes, other *authorizationv1.NonResourceAttributes) (authorizationv1.SubjectAccessReviewStatus, error) {
	if (resource == nil) == (other == nil) {
		return authorizationv1.SubjectAccessReviewStatus{}, apierrors.NewBadRequest("set exactly one of spec.resourceAttributes and spec.nonResourceAttributes")
	}
	record := authorizer.AttributesRecord{User: who}
	if resource != nil {
		record.ResourceRequest = true
		record.Verb, record.Namespace, record.Name = resource.Verb, resource.Namespace, resource.Name
		record.APIGroup, record.APIVersion = resource.Group, resource.Version
		record.Resource, record.Subresource = resource.Resource, resource.Subresource
	} else {
		record.Verb, record.Path = other.Verb, other.Path
	}
	decision, reason, err := a.authorizer.Authorize(ctx, record)
	status := authorizationv1.SubjectAccessReviewStatus{
		Allowed: decision == authorizer.DecisionAllow, Denied: decision == authorizer.DecisionDeny, Reason: reason,
	}
	if err != nil {
		status.EvaluationError = err.Error()
	}
	return status, nil
}

func (a accessReviews) rules(ctx context.Context, review *authorizationv1.SelfSubjectRulesReview) error {
	who, ok := genericapirequest.UserFrom(ctx)
	if !ok {
		return apierrors.NewBadRequest("the request has no user")
	}
	if review.Spec.Namespace == "" {
		return apierrors.NewBadRequest("spec.namespace must be set")
	}
	resources, urls, incomplete, err := a.resolver.RulesFor(ctx, who, review.Spec.Namespace)
	status := authorizationv1.SubjectRulesReviewStatus{
		ResourceRules: []authorizationv1.ResourceRule{}, NonResourceRules: []authorizationv1.NonResourceRule{}, Incomplete: incomplete,
	}
	for _, r := range resources {
		status.ResourceRules = append(status.ResourceRules, authorizationv1.ResourceRule{
			Verbs: r.GetVerbs(), APIGroups: r.GetAPIGroups(), Resources: r.GetResources(), ResourceNames: r.GetResourceNames(),
		})
	}
	for _, r := range urls {
		status.NonResourceRules = append(status.NonResourceRules, authorizationv1.NonResourceRule{Verbs: r.GetVerbs(), NonResourceURLs: r.GetNonResourceURLs()})
	}
	if err != nil {
		status.EvaluationError = err.Error()
	}
	review.Status = status
	return nil
}
