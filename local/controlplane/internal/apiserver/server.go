package apiserver

import (
	"context"
	"net/http"

	"k8s.io/client-go/transport"

	"agentoperator.dev/controlplane/internal/bootstrap"
	"agentoperator.dev/controlplane/internal/kinds"
	"agentoperator.dev/controlplane/internal/options"
)

// Run serves until the context ends.
func Run(ctx context.Context, o *options.Options) error {
	s, err := newSetup(o)
	if err != nil {
		return err
	}
	extensions, err := newExtensions(o, s)
	if err != nil {
		return err
	}
	front, err := s.config.Complete().New("kube-apiserver", extensions.GenericAPIServer)
	if err != nil {
		return err
	}
	kubelets, err := kubeletTransport(o.Kubelet)
	if err != nil {
		return err
	}
	services := &kinds.Services{
		Client:        s.client,
		Authenticator: s.config.Authentication.Authenticator, Audiences: s.config.Authentication.APIAudiences,
		Authorizer: s.config.Authorization.Authorizer, Rules: s.access.Rules, Roles: s.access.Roles,
		Issuer: s.access.Issuer, Kubelets: kubelets,
	}
	if err := kinds.Install(front, s.config.RESTOptionsGetter, services); err != nil {
		return err
	}
	service, err := bootstrap.KubernetesService(o.ServiceRange, o.Serving.BindPort)
	if err != nil {
		return err
	}
	if err := bootstrap.AddHooks(front, s.client, s.informers, service); err != nil {
		return err
	}
	prepared := front.PrepareRun()
	if err := joinOpenAPI(front, extensions.GenericAPIServer, &s.config.Config); err != nil {
		return err
	}
	return prepared.RunWithContext(ctx)
}

// kubeletTransport carries requests to nodes' own servers.
func kubeletTransport(k options.Kubelet) (http.RoundTripper, error) {
	return transport.New(&transport.Config{TLS: transport.TLSConfig{
		CertFile: k.CertFile, KeyFile: k.KeyFile, CAFile: k.CAFile,
		// As in a real cluster: without a CA nodes are taken at their word.
		Insecure: k.CAFile == "",
	}})
}
