// Package apiserver puts the server together: built-in kinds in front, custom
// resources behind, one admission chain and one description of the whole API.
package apiserver

import (
	"fmt"
	"net/http"

	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apiserver/pkg/endpoints/discovery/aggregated"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/apiserver/pkg/server/filters"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/client-go/dynamic"
	clientinformers "k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"

	"agentoperator.dev/controlplane/internal/auth"
	"agentoperator.dev/controlplane/internal/kinds"
	"agentoperator.dev/controlplane/internal/options"
)

// setup is what both servers are made from.
type setup struct {
	config    *genericapiserver.RecommendedConfig
	client    kubernetes.Interface
	informers clientinformers.SharedInformerFactory
	access    *auth.Parts
}

func newSetup(o *options.Options) (*setup, error) {
	config := genericapiserver.NewRecommendedConfig(kinds.Codecs)
	c := &config.Config
	if err := o.Server.ApplyTo(c); err != nil {
		return nil, err
	}
	setOpenAPI(c)
	c.LongRunningFunc = filters.BasicLongRunningRequestCheck(sets.NewString("watch"), sets.NewString("log"))
	c.BuildHandlerChainFunc = func(api http.Handler, c *genericapiserver.Config) http.Handler {
		return genericapiserver.DefaultBuildHandlerChain(listGroups(api), c)
	}
	c.AggregatedDiscoveryGroupManager = aggregated.NewResourceManager("apis")
	if err := o.Serving.ApplyTo(&c.SecureServing, &c.LoopbackClientConfig); err != nil {
		return nil, err
	}
	// The server talks to itself a lot while it starts.
	c.LoopbackClientConfig.DisableCompression = true
	c.LoopbackClientConfig.QPS, c.LoopbackClientConfig.Burst = -1, -1

	client, err := kubernetes.NewForConfig(c.LoopbackClientConfig)
	if err != nil {
		return nil, err
	}
	dynamicClient, err := dynamic.NewForConfig(c.LoopbackClientConfig)
	if err != nil {
		return nil, err
	}
	informers := clientinformers.NewSharedInformerFactory(client, 0)
	config.ClientConfig = c.LoopbackClientConfig
	config.SharedInformerFactory = informers

	if err := o.Features.ApplyTo(c, client, informers); err != nil {
		return nil, err
	}
	access, err := auth.Apply(o, c, client, informers)
	if err != nil {
		return nil, err
	}
	if err := o.Audit.ApplyTo(c); err != nil {
		return nil, err
	}
	etcd := *o.Etcd
	etcd.StorageConfig.Codec = kinds.StorageCodec()
	if err := etcd.ApplyTo(c); err != nil {
		return nil, err
	}
	if err := o.Admission.ApplyTo(c, informers, client, dynamicClient, utilfeature.DefaultFeatureGate, c.EffectiveVersion); err != nil {
		return nil, fmt.Errorf("admission: %w", err)
	}
	return &setup{config, client, informers, access}, nil
}
