package kinds

import (
	"context"
	"fmt"

	authenticationv1 "k8s.io/api/authentication/v1"
	authorizationv1 "k8s.io/api/authorization/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/rest"
	genericapiserver "k8s.io/apiserver/pkg/server"
)

// A review is a question: it is created, answered, and never stored.

// reviewREST serves one kind of review.
type reviewREST[T any, PT object[T]] struct {
	singular   string
	namespaced bool
	answer     func(ctx context.Context, review PT) error
}

func (r *reviewREST[T, PT]) New() runtime.Object     { return PT(new(T)) }
func (r *reviewREST[T, PT]) Destroy()                {}
func (r *reviewREST[T, PT]) NamespaceScoped() bool   { return r.namespaced }
func (r *reviewREST[T, PT]) GetSingularName() string { return r.singular }

func (r *reviewREST[T, PT]) Create(ctx context.Context, asked runtime.Object, validate rest.ValidateObjectFunc, _ *metav1.CreateOptions) (runtime.Object, error) {
	review, ok := asked.(PT)
	if !ok {
		return nil, apierrors.NewBadRequest(fmt.Sprintf("not a %s: %T", r.singular, asked))
	}
	if validate != nil {
		if err := validate(ctx, asked.DeepCopyObject()); err != nil {
			return nil, err
		}
	}
	if err := r.answer(ctx, review); err != nil {
		return nil, err
	}
	return review, nil
}

var (
	authenticationGV = authenticationv1.SchemeGroupVersion
	authorizationGV  = authorizationv1.SchemeGroupVersion
)

func registerReviewTypes() {
	addInternal(authenticationGV.Group, "TokenReview", &authenticationv1.TokenReview{})
	addInternal(authenticationGV.Group, "TokenRequest", &authenticationv1.TokenRequest{})
	addInternal(authenticationGV.Group, "SelfSubjectReview", &authenticationv1.SelfSubjectReview{})
	addInternal(authorizationGV.Group, "SubjectAccessReview", &authorizationv1.SubjectAccessReview{})
	addInternal(authorizationGV.Group, "LocalSubjectAccessReview", &authorizationv1.LocalSubjectAccessReview{})
	addInternal(authorizationGV.Group, "SelfSubjectAccessReview", &authorizationv1.SelfSubjectAccessReview{})
	addInternal(authorizationGV.Group, "SelfSubjectRulesReview", &authorizationv1.SelfSubjectRulesReview{})
}

func reviewGroups(s *Services) []*genericapiserver.APIGroupInfo {
	a := accessReviews{s.Authorizer, s.Rules}
	t := identityReviews{s.Authenticator, s.Audiences}
	return []*genericapiserver.APIGroupInfo{
		reviewGroup(authenticationGV, map[string]rest.Storage{
			"tokenreviews":       &reviewREST[authenticationv1.TokenReview, *authenticationv1.TokenReview]{"tokenreview", false, t.token},
			"selfsubjectreviews": &reviewREST[authenticationv1.SelfSubjectReview, *authenticationv1.SelfSubjectReview]{"selfsubjectreview", false, t.self},
		}),
		reviewGroup(authorizationGV, map[string]rest.Storage{
			"subjectaccessreviews":      &reviewREST[authorizationv1.SubjectAccessReview, *authorizationv1.SubjectAccessReview]{"subjectaccessreview", false, a.subject},
			"localsubjectaccessreviews": &reviewREST[authorizationv1.LocalSubjectAccessReview, *authorizationv1.LocalSubjectAccessReview]{"localsubjectaccessreview", true, a.local},
			"selfsubjectaccessreviews":  &reviewREST[authorizationv1.SelfSubjectAccessReview, *authorizationv1.SelfSubjectAccessReview]{"selfsubjectaccessreview", false, a.self},
			"selfsubjectrulesreviews":   &reviewREST[authorizationv1.SelfSubjectRulesReview, *authorizationv1.SelfSubjectRulesReview]{"selfsubjectrulesreview", false, a.rules},
		}),
	}
}

func reviewGroup(gv schema.GroupVersion, storage map[string]rest.Storage) *genericapiserver.APIGroupInfo {
	info := genericapiserver.NewDefaultAPIGroupInfo(gv.Group, Scheme, ParameterCodec, Codecs)
	info.PrioritizedVersions = []schema.GroupVersion{gv}
	info.VersionedResourcesStorageMap[gv.Version] = storage
	return &info
}
