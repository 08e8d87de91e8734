package kinds

import (
	"context"
	"net/http"

	authenticationv1 "k8s.io/api/authentication/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apiserver/pkg/authentication/authenticator"
	"k8s.io/apiserver/pkg/authentication/user"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
)

// identityReviews answer who somebody is.
type identityReviews struct {
	authenticator authenticator.Request
	audiences     authenticator.Audiences
}

func (r identityReviews) token(ctx context.Context, review *authenticationv1.TokenReview) error {
	if review.Spec.Token == "" {
		return apierrors.NewBadRequest("spec.token must be set")
	}
	// The server's own authenticator takes a request, so the token gets one.
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+review.Spec.Token)
	audiences := authenticator.Audiences(review.Spec.Audiences)
	if len(audiences) == 0 {
		audiences = r.audiences
	}
	if len(audiences) > 0 {
		request = request.WithContext(authenticator.WithAudiences(ctx, audiences))
	}
	response, ok, err := r.authenticator.AuthenticateRequest(request)
	review.Status = authenticationv1.TokenReviewStatus{Authenticated: ok}
	if err != nil {
		review.Status.Error = err.Error()
	}
	if !ok {
		return nil
	}
	if len(audiences) > 0 && len(response.Audiences) == 0 {
		// What is good for any audience is good for the one that was asked for.
		response.Audiences = audiences
	}
	review.Status.User = userInfo(response.User)
	review.Status.Audiences = response.Audiences
	return nil
}

func (r identityReviews) self(ctx context.Context, review *authenticationv1.SelfSubjectReview) error {
	who, ok := genericapirequest.UserFrom(ctx)
	if !ok {
		return apierrors.NewBadRequest("the request has no user")
	}
	review.Status.UserInfo = userInfo(who)
	return nil
}

func userInfo(u user.Info) authenticationv1.UserInfo {
	info := authenticationv1.UserInfo{Username: u.GetName(), UID: u.GetUID(), Groups: u.GetGroups()}
	for key, values := range u.GetExtra() {
		if info.Extra == nil {
			info.Extra = map[string]authenticationv1.ExtraValue{}
		}
		info.Extra[key] = values
	}
	return info
}
