package kinds

import (
	"context"
	"fmt"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	genericregistry "k8s.io/apiserver/pkg/registry/generic/registry"
	"k8s.io/apiserver/pkg/registry/rest"

	"agentoperator.dev/controlplane/internal/defaults"
	"agentoperator.dev/controlplane/internal/tokens"
)

// The lifetimes of service account tokens, as in a real cluster.
const (
	defaultTokenSeconds = 60 * 60
	minTokenSeconds     = 10 * 60
	maxTokenSeconds     = 1 << 32
)

func extendServiceAccounts(s *resourceStorage) {
	if s.services.Issuer != nil {
		s.subresources["token"] = &tokenREST{s.store, s.services}
	}
}

// tokenREST is serviceaccounts/token: creating a TokenRequest issues a token.
type tokenREST struct {
	accounts *genericregistry.Store
	services *Services
}

func (r *tokenREST) New() runtime.Object { return &authenticationv1.TokenRequest{} }
func (r *tokenREST) Destroy()            {}

func (r *tokenREST) GroupVersionKind(schema.GroupVersion) schema.GroupVersionKind {
	return authenticationv1.SchemeGroupVersion.WithKind("TokenRequest")
}

func (r *tokenREST) Create(ctx context.Context, name string, object runtime.Object, validate rest.ValidateObjectFunc, options *metav1.CreateOptions) (runtime.Object, error) {
	request, ok := object.(*authenticationv1.TokenRequest)
	if !ok {
		return nil, apierrors.NewBadRequest(fmt.Sprintf("not a TokenRequest: %T", object))
	}
	found, err := r.accounts.Get(ctx, name, &metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	account := found.(*corev1.ServiceAccount)
	request.Name, request.Namespace = account.Name, account.Namespace
	if validate != nil {
		if err := validate(ctx, object.DeepCopyObject()); err != nil {
			return nil, err
		}
	}
	lifetime, err := r.lifetime(request)
	if err != nil {
		return nil, err
	}
	bound, err := r.bound(ctx, account, request.Spec.BoundObjectRef)
	if err != nil {
		return nil, err
	}
	if len(request.Spec.Audiences) == 0 {
		request.Spec.Audiences = r.services.Issuer.Audiences
	}
	if len(options.DryRun) > 0 {
		return request, nil
	}
	token, expires, err := r.services.Issuer.Issue(account, bound, request.Spec.Audiences, lifetime)
	if err != nil {
		return nil, apierrors.NewInternalError(err)
	}
	request.CreationTimestamp = metav1.Now()
	request.Status = authenticationv1.TokenRequestStatus{Token: token, ExpirationTimestamp: metav1.NewTime(expires)}
	return request, nil
}

func (r *tokenREST) lifetime(request *authenticationv1.TokenRequest) (time.Duration, error) {
	defaults.Set(&request.Spec.ExpirationSeconds, defaultTokenSeconds)
	seconds := *request.Spec.ExpirationSeconds
	if seconds < minTokenSeconds || seconds > maxTokenSeconds {
		return 0, apierrors.NewInvalid(schema.GroupKind{Group: authenticationv1.GroupName, Kind: "TokenRequest"}, request.Name, field.ErrorList{
			field.Invalid(field.NewPath("spec", "expirationSeconds"), seconds, "may not specify a duration less than 10 minutes or larger than 2^32 seconds"),
		})
	}
	lifetime := time.Duration(seconds) * time.Second
	if limit := r.services.Issuer.MaxExpiration; limit > 0 && lifetime > limit {
		lifetime = limit
		*request.Spec.ExpirationSeconds = int64(limit / time.Second)
	}
	return lifetime, nil
}

// bound finds the object whose life the token is to share.
func (r *tokenREST) bound(ctx context.Context, account *corev1.ServiceAccount, to *authenticationv1.BoundObjectReference) (tokens.Binding, error) {
	none := tokens.Binding{}
	if to == nil {
		return none, nil
	}
	core := r.services.Client.CoreV1()
	var bound tokens.Binding
	var target metav1.Object
	switch to.Kind {
	case "Pod":
		pod, err := core.Pods(account.Namespace).Get(ctx, to.Name, metav1.GetOptions{})
		if err != nil {
			return none, err
		}
		if named := pod.Spec.ServiceAccountName; named != account.Name && (named != "" || account.Name != "default") {
			return none, apierrors.NewBadRequest(fmt.Sprintf("cannot bind token for serviceaccount %q to pod running with different serviceaccount name", account.Name))
		}
		bound.Pod, target = pod, pod
		if pod.Spec.NodeName != "" {
			// Not every Pod's node is registered: the token then says its name alone.
			bound.Node = &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: pod.Spec.NodeName}}
			if node, err := core.Nodes().Get(ctx, pod.Spec.NodeName, metav1.GetOptions{}); err == nil {
				bound.Node = node
			}
		}
	case "Secret":
		secret, err := core.Secrets(account.Namespace).Get(ctx, to.Name, metav1.GetOptions{})
		if err != nil {
			return none, err
		}
		bound.Secret, target = secret, secret
	case "Node":
		node, err := core.Nodes().Get(ctx, to.Name, metav1.GetOptions{})
		if err != nil {
			return none, err
		}
		bound.Node, target = node, node
	default:
		return none, apierrors.NewBadRequest(fmt.Sprintf("cannot bind token to a %s", to.Kind))
	}
	if to.UID != "" && to.UID != target.GetUID() {
		return none, apierrors.NewConflict(schema.GroupResource{Resource: to.Kind}, to.Name,
			fmt.Errorf("the UID in the bound object reference (%s) does not match the UID in record (%s)", to.UID, target.GetUID()))
	}
	return bound, nil
}
