// Package kinds serves the built-in kinds of Kubernetes: their storage, their
// strategies and their table columns.
//
// A real kube-apiserver keeps an internal Go type per kind and converts every
// API version to it. Those types are not published as a library, so this
// package uses the v1 type itself as the internal one. Conversion is then a
// copy, and everything that the generic registry offers works unchanged.
package kinds

import (
	"k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
)

var (
	// Scheme knows every type of Kubernetes' published API; the kinds of the
	// catalog are known under their group's internal version too.
	Scheme = runtime.NewScheme()
	// Codecs encodes and decodes the types of Scheme.
	Codecs = serializer.NewCodecFactory(Scheme)
	// ParameterCodec decodes query parameters.
	ParameterCodec = runtime.NewParameterCodec(Scheme)
)

func init() {
	utilruntime.Must(clientscheme.AddToScheme(Scheme))
	v1.AddToGroupVersion(Scheme, schema.GroupVersion{Version: "v1"})
	for _, k := range Catalog {
		addInternal(k.gv.Group, k.kind, k.newObject())
		addInternal(k.gv.Group, k.kind+"List", k.newList())
		utilruntime.Must(Scheme.AddFieldLabelConversionFunc(k.gv.WithKind(k.kind), k.convertFieldLabel))
	}
	registerSubresourceTypes()
	registerEventConversions()
	registerDefaults()
}

// addInternal makes a v1 type the internal type of a kind.
func addInternal(group, kind string, object runtime.Object) {
	Scheme.AddKnownTypeWithName(schema.GroupVersionKind{Group: group, Version: runtime.APIVersionInternal, Kind: kind}, object)
}

// StorageCodec writes objects to etcd as protobuf, as a real kube-apiserver
// does, and reads whatever encoding it finds there.
func StorageCodec() runtime.Codec {
	info, ok := runtime.SerializerInfoForMediaType(Codecs.SupportedMediaTypes(), runtime.ContentTypeProtobuf)
	if !ok {
		panic("the codec factory has no protobuf serializer")
	}
	return Codecs.CodecForVersions(info.Serializer, Codecs.UniversalDeserializer(), storageVersions(), runtime.InternalGroupVersioner)
}

// storageVersions lists the catalog's group versions, core first: an Event is
// stored as core/v1 whichever group it was written through.
func storageVersions() schema.GroupVersions {
	var versions schema.GroupVersions
	seen := map[schema.GroupVersion]bool{}
	for _, k := range Catalog {
		if !seen[k.gv] {
			seen[k.gv] = true
			versions = append(versions, k.gv)
		}
	}
	return versions
}
