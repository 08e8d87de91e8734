package apiserver

import (
	noopoteltrace "go.opentelemetry.io/otel/trace/noop"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	extapiserver "k8s.io/apiextensions-apiserver/pkg/apiserver"
	extoptions "k8s.io/apiextensions-apiserver/pkg/cmd/server/options"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/apiserver/pkg/util/webhook"

	"agentoperator.dev/controlplane/internal/options"
)

// newExtensions makes the server of CustomResourceDefinitions and of what they
// define. It shares front's configuration, but not its hooks: those run once.
func newExtensions(o *options.Options, s *setup) (*extapiserver.CustomResourceDefinitions, error) {
	shared := *s.config
	config := &shared.Config
	config.PostStartHooks = map[string]genericapiserver.PostStartHookConfigEntry{}
	config.MergedResourceConfig = extapiserver.DefaultAPIResourceConfigSource()
	config.Serializer = extapiserver.Codecs
	config.BuildHandlerChainFunc = genericapiserver.DefaultBuildHandlerChain

	etcd := *o.Etcd
	etcd.SkipHealthEndpoints = true // front has them
	etcd.StorageConfig.Codec = extapiserver.Codecs.LegacyCodec(extv1.SchemeGroupVersion)
	if err := etcd.ApplyTo(config); err != nil {
		return nil, err
	}
	extra := extapiserver.ExtraConfig{
		CRDRESTOptionsGetter: extoptions.NewCRDRESTOptionsGetter(etcd, config.ResourceTransformers, config.StorageObjectCountTracker),
		MasterCount:          1,
		ServiceResolver:      webhook.NewDefaultServiceResolver(),
		AuthResolverWrapper:  webhook.NewDefaultAuthenticationInfoResolverWrapper(nil, nil, config.LoopbackClientConfig, noopoteltrace.NewTracerProvider()),
	}
	server := extapiserver.Config{GenericConfig: &shared, ExtraConfig: extra}
	return server.Complete().New(genericapiserver.NewEmptyDelegate())
}
