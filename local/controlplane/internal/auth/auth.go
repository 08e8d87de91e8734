// Package auth says who a caller is and what they may do.
package auth

import (
	"fmt"
	"slices"
	"time"

	"k8s.io/apiserver/pkg/authentication/authenticator"
	"k8s.io/apiserver/pkg/authentication/group"
	"k8s.io/apiserver/pkg/authentication/request/anonymous"
	"k8s.io/apiserver/pkg/authentication/request/bearertoken"
	"k8s.io/apiserver/pkg/authentication/request/union"
	"k8s.io/apiserver/pkg/authentication/request/websocket"
	"k8s.io/apiserver/pkg/authentication/request/x509"
	tokencache "k8s.io/apiserver/pkg/authentication/token/cache"
	"k8s.io/apiserver/pkg/authentication/token/tokenfile"
	tokenunion "k8s.io/apiserver/pkg/authentication/token/union"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	authzunion "k8s.io/apiserver/pkg/authorization/union"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"

	"agentoperator.dev/controlplane/internal/options"
	"agentoperator.dev/controlplane/internal/rbac"
	"agentoperator.dev/controlplane/internal/tokens"
)

// tokenCacheTTL is how long a verified token is believed, as in a real one.
const tokenCacheTTL = 10 * time.Second

// Parts are what the reviews and token requests work with.
type Parts struct {
	// Issuer is nil when no service account issuer is configured.
	Issuer *tokens.Issuer
	// Roles resolves stored rules, whether or not they are enforced.
	Roles *rbac.Authorizer
	// Rules answers SelfSubjectRulesReviews.
	Rules authorizer.RuleResolver
}

// Apply sets the authenticator and the authorizer.
func Apply(o *options.Options, c *genericapiserver.Config, client kubernetes.Interface, shared informers.SharedInformerFactory) (*Parts, error) {
	issuer, err := tokens.NewIssuer(o.ServiceAccounts)
	if err != nil {
		return nil, err
	}
	c.Authentication.APIAudiences = o.ServiceAccounts.Audiences
	var verifier authenticator.Token
	if issuer != nil {
		c.Authentication.APIAudiences = issuer.Audiences
		verifier = tokencache.New(tokens.NewVerifier(issuer, client, shared), false, tokenCacheTTL, 0)
	}
	requests, err := authenticators(o, c, verifier)
	if err != nil {
		return nil, err
	}
	c.Authentication.Authenticator = requests

	parts := &Parts{Issuer: issuer, Roles: rbac.New(shared.Rbac().V1())}
	c.Authorization.Authorizer, parts.Rules = authorizers(o.AuthorizationModes, parts.Roles)
	genericapiserver.AuthorizeClientBearerToken(c.LoopbackClientConfig, &c.Authentication, &c.Authorization)
	return parts, nil
}

// authorizers are asked in turn until one has an opinion.
func authorizers(modes []string, roles *rbac.Authorizer) (authorizer.Authorizer, authorizer.RuleResolver) {
	// The server's own client is a member, so this comes before anything stored.
	all := []authorizer.Authorizer{authorizerfactory.NewPrivilegedGroups(user.SystemPrivilegedGroup)}
	var resolvers []authorizer.RuleResolver
	if slices.Contains(modes, options.ModeAlwaysAllow) {
		allow := authorizerfactory.NewAlwaysAllowAuthorizer()
		all, resolvers = append(all, allow), append(resolvers, allow)
	}
	if slices.Contains(modes, options.ModeRBAC) {
		all, resolvers = append(all, roles), append(resolvers, roles)
	}
	return authzunion.New(all...), authzunion.NewRuleResolvers(resolvers...)
}

// authenticators joins the ways to say who one is, cheapest first.
func authenticators(o *options.Options, c *genericapiserver.Config, verifier authenticator.Token) (authenticator.Request, error) {
	var requests []authenticator.Request
	if o.ClientCA.ClientCA != "" {
		ca, err := o.ClientCA.GetClientCAContentProvider()
		if err != nil {
			return nil, fmt.Errorf("--client-ca-file: %w", err)
		}
		if err := c.Authentication.ApplyClientCert(ca, c.SecureServing); err != nil {
			return nil, err
		}
		requests = append(requests, x509.NewDynamic(ca.VerifyOptions, x509.CommonNameUserConversion))
	}
	var bearers []authenticator.Token
	if o.TokenAuthFile != "" {
		file, err := tokenfile.NewCSV(o.TokenAuthFile)
		if err != nil {
			return nil, fmt.Errorf("--token-auth-file: %w", err)
		}
		bearers = append(bearers, authenticator.WrapAudienceAgnosticToken(c.Authentication.APIAudiences, file))
	}
	if verifier != nil {
		bearers = append(bearers, verifier)
	}
	if len(bearers) > 0 {
		token := tokenunion.New(bearers...)
		requests = append(requests, bearertoken.New(token), websocket.NewProtocolAuthenticator(token))
	}
	known := group.NewAuthenticatedGroupAdder(union.New(requests...))
	if !o.AnonymousAuth {
		return known, nil
	}
	// A wrong credential is refused; only its absence is anonymous.
	return union.NewFailOnError(known, anonymous.NewAuthenticator(nil)), nil
}
