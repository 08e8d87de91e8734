// Command kube-apiserver is a Kubernetes API server for a machine without
// containers: for development, demonstrations and tests of AgentOperator.
package main

import (
	"os"

	"github.com/spf13/cobra"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/component-base/cli"
	"k8s.io/component-base/version/verflag"

	"agentoperator.dev/controlplane/internal/apiserver"
	"agentoperator.dev/controlplane/internal/options"
)

func main() {
	o := options.New()
	command := &cobra.Command{
		Use:           "kube-apiserver",
		Short:         "The API server of AgentOperator's local cluster",
		Args:          cobra.NoArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(c *cobra.Command, _ []string) error {
			verflag.PrintAndExitIfRequested()
			if err := o.Server.ComponentGlobalsRegistry.Set(); err != nil {
				return err
			}
			if err := o.Complete(); err != nil {
				return err
			}
			if err := o.Validate(); err != nil {
				return err
			}
			return apiserver.Run(c.Context(), o)
		},
	}
	command.SetContext(genericapiserver.SetupSignalContext())
	o.AddFlags(command.Flags())
	verflag.AddFlags(command.Flags())
	os.Exit(cli.Run(command))
}
