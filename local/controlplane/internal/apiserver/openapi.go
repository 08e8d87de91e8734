package apiserver

import (
	"fmt"
	"strings"

	extapiserver "k8s.io/apiextensions-apiserver/pkg/apiserver"
	extopenapi "k8s.io/apiextensions-apiserver/pkg/generated/openapi"
	openapinamer "k8s.io/apiserver/pkg/endpoints/openapi"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/kube-openapi/pkg/aggregator"
	"k8s.io/kube-openapi/pkg/builder3"
	"k8s.io/kube-openapi/pkg/common"
	"k8s.io/kube-openapi/pkg/common/restfuladapter"

	"agentoperator.dev/controlplane/internal/kinds"
	generated "agentoperator.dev/generated/openapi"
)

const title = "Kubernetes"

// definitions joins the models of the built-in kinds with those of custom
// resource definitions.
func definitions(ref common.ReferenceCallback) map[string]common.OpenAPIDefinition {
	all := extopenapi.GetOpenAPIDefinitions(ref)
	for name, definition := range generated.GetOpenAPIDefinitions(ref) {
		all[name] = definition
	}
	return all
}

func setOpenAPI(c *genericapiserver.Config) {
	namer := openapinamer.NewDefinitionNamer(kinds.Scheme, extapiserver.Scheme)
	c.OpenAPIV3Config = genericapiserver.DefaultOpenAPIV3Config(definitions, namer)
	c.OpenAPIV3Config.Info.Title = title
	c.OpenAPIConfig = genericapiserver.DefaultOpenAPIConfig(definitions, namer)
	c.OpenAPIConfig.Info.Title = title
}

// joinOpenAPI makes front publish the whole API. The controllers that publish
// custom resources' schemas are part of the extensions server and write to the
// services that its fields name when they start; so it is given front's.
func joinOpenAPI(front, extensions *genericapiserver.GenericAPIServer, config *genericapiserver.Config) error {
	whole := front.StaticOpenAPISpec
	if err := aggregator.MergeSpecsIgnorePathConflictRenamingDefinitionsAndParameters(whole, extensions.StaticOpenAPISpec); err != nil {
		return fmt.Errorf("joining the two servers' OpenAPI v2: %w", err)
	}
	if err := front.OpenAPIVersionedService.UpdateSpec(whole); err != nil {
		return err
	}
	extensions.StaticOpenAPISpec = whole
	extensions.OpenAPIVersionedService = front.OpenAPIVersionedService
	extensions.OpenAPIV3VersionedService = front.OpenAPIV3VersionedService
	services := extensions.Handler.GoRestfulContainer.RegisteredWebServices()
	for i := range services {
		path := strings.TrimPrefix(services[i].RootPath(), "/")
		if strings.Count(path, "/") < 2 {
			continue // not a group version
		}
		spec, err := builder3.BuildOpenAPISpecFromRoutes(restfuladapter.AdaptWebServices(services[i:i+1]), config.OpenAPIV3Config)
		if err != nil {
			return fmt.Errorf("OpenAPI v3 of %s: %w", path, err)
		}
		front.OpenAPIV3VersionedService.UpdateGroupVersion(path, spec)
	}
	return nil
}
