// Package auth says who a caller is and what they may do.
package auth

import (
	"errors"
	"fmt"
	"slices"

	"k8s.io/apiserver/pkg/authentication/authenticator"
	"k8s.io/apiserver/pkg/authentication/group"
	"k8s.io/apiserver/pkg/authentication/request/anonymous"
	"k8s.io/apiserver/pkg/authentication/request/bearertoken"
	"k8s.io/apiserver/pkg/authentication/request/union"
	"k8s.io/apiserver/pkg/authentication/request/websocket"
	"k8s.io/apiserver/pkg/authentication/request/x509"
	"k8s.io/apiserver/pkg/authentication/token/tokenfile"
	tokenunion "k8s.io/apiserver/pkg/authentication/token/union"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	genericapiserver "k8s.io/apiserver/pkg/server"

	"agentoperator.dev/controlplane/internal/options"
)

// Apply sets the authenticator and the authorizer.
func Apply(o *options.Options, c *genericapiserver.Config) error {
	requests, err := authenticators(o, c)
	if err != nil {
		return err
	}
	c.Authentication.Authenticator = requests
	if !slices.Contains(o.AuthorizationModes, options.ModeAlwaysAllow) {
		return errors.New("--authorization-mode: RBAC is not served yet; use AlwaysAllow")
	}
	c.Authorization.Authorizer = authorizerfactory.NewAlwaysAllowAuthorizer()
	// The server's own client is let in beside all others.
	genericapiserver.AuthorizeClientBearerToken(c.LoopbackClientConfig, &c.Authentication, &c.Authorization)
	return nil
}

// authenticators joins the ways to say who one is, cheapest first.
func authenticators(o *options.Options, c *genericapiserver.Config) (authenticator.Request, error) {
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
	var tokens []authenticator.Token
	if o.TokenAuthFile != "" {
		file, err := tokenfile.NewCSV(o.TokenAuthFile)
		if err != nil {
			return nil, fmt.Errorf("--token-auth-file: %w", err)
		}
		tokens = append(tokens, file)
	}
	if len(tokens) > 0 {
		token := tokenunion.New(tokens...)
		requests = append(requests, bearertoken.New(token), websocket.NewProtocolAuthenticator(token))
	}
	known := group.NewAuthenticatedGroupAdder(union.New(requests...))
	if !o.AnonymousAuth {
		return known, nil
	}
	// A wrong credential is refused; only its absence is anonymous.
	return union.NewFailOnError(known, anonymous.NewAuthenticator(nil)), nil
}
