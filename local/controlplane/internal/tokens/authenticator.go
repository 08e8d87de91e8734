package tokens

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	jose "gopkg.in/go-jose/go-jose.v2"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apiserver/pkg/authentication/authenticator"
	"k8s.io/apiserver/pkg/authentication/serviceaccount"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
)

// leeway is how long a token outlives the deletion of what it is bound to: its
// Pod may still want to say goodbye.
const leeway = 60 * time.Second

// clockSkew is how many seconds another server's clock may be ahead.
const clockSkew = 60

var signatures = []jose.SignatureAlgorithm{jose.RS256, jose.ES256, jose.ES384, jose.ES512}

// Verifier authenticates service account tokens.
type Verifier struct {
	issuer *Issuer
	objects
}

// objects answers from the informers' caches, and asks the server itself
// before it believes that something does not exist.
type objects struct {
	client kubernetes.Interface
	shared informers.SharedInformerFactory
}

// NewVerifier returns a verifier of an issuer's tokens.
func NewVerifier(i *Issuer, client kubernetes.Interface, shared informers.SharedInformerFactory) *Verifier {
	// Asking for a lister now has the factory fill it when it starts.
	shared.Core().V1().ServiceAccounts().Lister()
	shared.Core().V1().Pods().Lister()
	return &Verifier{i, objects{client, shared}}
}

// AuthenticateToken implements authenticator.Token.
func (v *Verifier) AuthenticateToken(ctx context.Context, data string) (*authenticator.Response, bool, error) {
	if strings.Count(data, ".") != 2 {
		return nil, false, nil // not a JWT: another authenticator's
	}
	token, err := jose.ParseSigned(data)
	if err != nil {
		return nil, false, nil
	}
	c := claims{}
	if err := json.Unmarshal(token.UnsafePayloadWithoutVerification(), &c); err != nil || !slices.Contains(v.issuer.issuers, c.Issuer) {
		return nil, false, nil // another issuer's
	}
	if err := v.checkSignature(token); err != nil {
		return nil, false, fmt.Errorf("service account token: %w", err)
	}
	if now := time.Now().Unix(); now >= c.Expiry || now+clockSkew < c.NotBefore {
		return nil, false, errors.New("service account token has expired or is not valid yet")
	}
	audiences, limited := authenticator.AudiencesFrom(ctx)
	if !limited {
		audiences = v.issuer.Audiences
	}
	agreed := authenticator.Audiences(c.Audience).Intersect(audiences)
	if len(agreed) == 0 {
		return nil, false, fmt.Errorf("service account token is for %q, not for %q", c.Audience, audiences)
	}
	info, err := v.whose(ctx, c)
	if err != nil {
		return nil, false, fmt.Errorf("service account token: %w", err)
	}
	return &authenticator.Response{User: info.UserInfo(), Audiences: agreed}, true, nil
}

func (v *Verifier) checkSignature(token *jose.JSONWebSignature) error {
	if len(token.Signatures) != 1 {
		return errors.New("one signature is expected")
	}
	header := token.Signatures[0].Header
	if !slices.Contains(signatures, jose.SignatureAlgorithm(header.Algorithm)) {
		return fmt.Errorf("algorithm %q is not accepted", header.Algorithm)
	}
	if key, known := v.issuer.keys[header.KeyID]; known {
		_, err := token.Verify(key)
		return err
	}
	// Other issuers of the same keys may name them differently.
	for _, key := range v.issuer.keys {
		if _, err := token.Verify(key); err == nil {
			return nil
		}
	}
	return errors.New("signed by an unknown key")
}

// whose finds the account and makes sure that it, and what the token is bound
// to, are still the ones that it was issued for.
func (v *Verifier) whose(ctx context.Context, c claims) (*serviceaccount.ServiceAccountInfo, error) {
	k := c.Kubernetes
	if c.Subject != serviceaccount.MakeUsername(k.Namespace, k.ServiceAccount.Name) {
		return nil, errors.New("subject and claims differ")
	}
	account, err := v.account(ctx, k.Namespace, k.ServiceAccount.Name)
	if err := alive(account, err, k.ServiceAccount); err != nil {
		return nil, err
	}
	info := &serviceaccount.ServiceAccountInfo{Namespace: k.Namespace, Name: account.GetName(), UID: string(account.GetUID())}
	if c.ID != "" {
		info.CredentialID = "JTI=" + c.ID
	}
	if k.Pod != nil {
		pod, err := v.pod(ctx, k.Namespace, k.Pod.Name)
		if err := alive(pod, err, *k.Pod); err != nil {
			return nil, err
		}
		info.PodName, info.PodUID = k.Pod.Name, k.Pod.UID
	}
	if k.Node != nil {
		info.NodeName, info.NodeUID = k.Node.Name, k.Node.UID
	}
	if k.Secret != nil {
		secret, err := v.client.CoreV1().Secrets(k.Namespace).Get(ctx, k.Secret.Name, metav1.GetOptions{})
		if err := alive(secret, err, *k.Secret); err != nil {
			return nil, err
		}
	}
	if k.Node != nil && k.Pod == nil {
		node, err := v.client.CoreV1().Nodes().Get(ctx, k.Node.Name, metav1.GetOptions{})
		if err := alive(node, err, *k.Node); err != nil {
			return nil, err
		}
	}
	return info, nil
}

func alive(object metav1.Object, err error, want ref) error {
	if err != nil {
		return err
	}
	if string(object.GetUID()) != want.UID {
		return fmt.Errorf("%s is another one by now", want.Name)
	}
	if gone := object.GetDeletionTimestamp(); gone != nil && time.Since(gone.Time) > leeway {
		return fmt.Errorf("%s is deleted", want.Name)
	}
	return nil
}

func (o objects) account(ctx context.Context, namespace, name string) (metav1.Object, error) {
	found, err := o.shared.Core().V1().ServiceAccounts().Lister().ServiceAccounts(namespace).Get(name)
	if apierrors.IsNotFound(err) {
		return o.client.CoreV1().ServiceAccounts(namespace).Get(ctx, name, metav1.GetOptions{})
	}
	return found, err
}

func (o objects) pod(ctx context.Context, namespace, name string) (metav1.Object, error) {
	found, err := o.shared.Core().V1().Pods().Lister().Pods(namespace).Get(name)
	if apierrors.IsNotFound(err) {
		return o.client.CoreV1().Pods(namespace).Get(ctx, name, metav1.GetOptions{})
	}
	return found, err
}
