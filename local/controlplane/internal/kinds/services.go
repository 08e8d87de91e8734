package kinds

import (
	"net/http"

	"k8s.io/apiserver/pkg/authentication/authenticator"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/client-go/kubernetes"

	"agentoperator.dev/controlplane/internal/rbac"
	"agentoperator.dev/controlplane/internal/tokens"
)

// Services is what storages need from the rest of the server.
type Services struct {
	// Client reaches this very server with every right.
	Client kubernetes.Interface
	// Authenticator and Authorizer are those of the server's own requests.
	Authenticator authenticator.Request
	Audiences     authenticator.Audiences
	Authorizer    authorizer.Authorizer
	Rules         authorizer.RuleResolver
	Roles         *rbac.Authorizer
	// Issuer is nil when service account tokens are not configured.
	Issuer *tokens.Issuer
	// Kubelets carries requests to nodes' own servers.
	Kubelets http.RoundTripper
}
