package apiserver

import (
	"context"

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
	if err := kinds.Install(front, s.config.RESTOptionsGetter, &kinds.Services{Client: s.client}); err != nil {
		return err
	}
	if err := bootstrap.AddHooks(front, s.client, s.informers); err != nil {
		return err
	}
	prepared := front.PrepareRun()
	if err := joinOpenAPI(front, extensions.GenericAPIServer, &s.config.Config); err != nil {
		return err
	}
	return prepared.RunWithContext(ctx)
}
