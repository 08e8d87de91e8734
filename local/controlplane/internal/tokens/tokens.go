package tokens

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
	jose "gopkg.in/go-jose/go-jose.v2"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apiserver/pkg/authentication/authenticator"
	"k8s.io/apiserver/pkg/authentication/serviceaccount"

	"agentoperator.dev/controlplane/internal/options"
)

// Issuer signs tokens and knows the keys that verify them.
type Issuer struct {
	Audiences     authenticator.Audiences
	MaxExpiration time.Duration

	signer  jose.Signer
	keys    map[string]any // by key id
	issuers []string
}

// ref names an object that a token speaks of.
type ref struct {
	Name string `json:"name"`
	UID  string `json:"uid"`
}

// claims are a token's payload, under the names that a real cluster uses.
type claims struct {
	Issuer     string           `json:"iss"`
	Subject    string           `json:"sub"`
	Audience   []string         `json:"aud"`
	IssuedAt   int64            `json:"iat"`
	NotBefore  int64            `json:"nbf"`
	Expiry     int64            `json:"exp"`
	ID         string           `json:"jti"`
	Kubernetes kubernetesClaims `json:"kubernetes.io"`
}

type kubernetesClaims struct {
	Namespace      string `json:"namespace"`
	ServiceAccount ref    `json:"serviceaccount"`
	Pod            *ref   `json:"pod,omitempty"`
	Secret         *ref   `json:"secret,omitempty"`
	Node           *ref   `json:"node,omitempty"`
}

// NewIssuer returns nil when no issuer is configured.
func NewIssuer(o options.ServiceAccounts) (*Issuer, error) {
	if len(o.Issuers) == 0 {
		return nil, nil
	}
	signer, own, err := signerFrom(o.SigningKeyFile)
	if err != nil {
		return nil, err
	}
	keys, err := publicKeys(o.KeyFiles)
	if err != nil {
		return nil, err
	}
	i := &Issuer{Audiences: o.Audiences, MaxExpiration: o.MaxExpiration, signer: signer, issuers: o.Issuers, keys: map[string]any{}}
	if len(i.Audiences) == 0 {
		i.Audiences = o.Issuers
	}
	if len(keys) == 0 {
		keys = []any{own}
	}
	for _, key := range keys {
		id, err := keyID(key)
		if err != nil {
			return nil, err
		}
		i.keys[id] = key
	}
	return i, nil
}

// Binding is the object whose life a token shares beside its account's.
type Binding struct {
	Pod    *corev1.Pod
	Node   *corev1.Node
	Secret *corev1.Secret
}

// Issue makes a token for an account.
func (i *Issuer) Issue(account *corev1.ServiceAccount, bound Binding, audiences []string, lifetime time.Duration) (string, time.Time, error) {
	now := time.Now()
	expires := now.Add(lifetime).Truncate(time.Second)
	c := claims{
		Issuer:    i.issuers[0],
		Subject:   serviceaccount.MakeUsername(account.Namespace, account.Name),
		Audience:  audiences,
		IssuedAt:  now.Unix(),
		NotBefore: now.Unix(),
		Expiry:    expires.Unix(),
		ID:        uuid.NewString(),
		Kubernetes: kubernetesClaims{
			Namespace:      account.Namespace,
			ServiceAccount: ref{account.Name, string(account.UID)},
		},
	}
	if bound.Pod != nil {
		c.Kubernetes.Pod = &ref{bound.Pod.Name, string(bound.Pod.UID)}
	}
	if bound.Node != nil {
		c.Kubernetes.Node = &ref{bound.Node.Name, string(bound.Node.UID)}
	}
	if bound.Secret != nil {
		c.Kubernetes.Secret = &ref{bound.Secret.Name, string(bound.Secret.UID)}
	}
	payload, err := json.Marshal(c)
	if err != nil {
		return "", time.Time{}, err
	}
	signed, err := i.signer.Sign(payload)
	if err != nil {
		return "", time.Time{}, err
	}
	token, err := signed.CompactSerialize()
	return token, expires, err
}
