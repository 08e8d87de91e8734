package kinds

import (
	"context"
	"fmt"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/generic"
	genericregistry "k8s.io/apiserver/pkg/registry/generic/registry"
	"k8s.io/apiserver/pkg/registry/rest"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/apiserver/pkg/storage"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
)

// resourceStorage is what is served for one kind while it is put together.
type resourceStorage struct {
	kind  Kind
	store *genericregistry.Store
	// main replaces the plain storage when a kind's extend sets it.
	main         rest.Storage
	subresources map[string]rest.Storage
	services     *Services
}

// mainREST is the generic store plus what discovery asks for.
type mainREST struct {
	*genericregistry.Store
	kind Kind
}

func (r mainREST) ShortNames() []string { return r.kind.short }
func (r mainREST) Categories() []string { return r.kind.categories }

// subresourceREST reads and updates a kind's own object under another strategy.
type subresourceREST struct{ store *genericregistry.Store }

func (r subresourceREST) New() runtime.Object { return r.store.New() }
func (r subresourceREST) Destroy()            {}
func (r subresourceREST) Get(ctx context.Context, name string, options *metav1.GetOptions) (runtime.Object, error) {
	return r.store.Get(ctx, name, options)
}
func (r subresourceREST) Update(ctx context.Context, name string, info rest.UpdatedObjectInfo, create rest.ValidateObjectFunc, update rest.ValidateObjectUpdateFunc, _ bool, options *metav1.UpdateOptions) (runtime.Object, bool, error) {
	// A subresource never creates its object, server-side apply included.
	return r.store.Update(ctx, name, info, create, update, false, options)
}
func (r subresourceREST) GetResetFields() map[fieldpath.APIVersion]*fieldpath.Set {
	return r.store.GetResetFields()
}
func (r subresourceREST) ConvertToTable(ctx context.Context, object, options runtime.Object) (*metav1.Table, error) {
	return r.store.ConvertToTable(ctx, object, options)
}

// withStrategy shares the store's storage and caches under another update strategy.
func (s *resourceStorage) withStrategy(update rest.UpdateResetFieldsStrategy) subresourceREST {
	store := *s.store
	store.UpdateStrategy = update
	store.ResetFieldsStrategy = update
	return subresourceREST{&store}
}

func (k Kind) build(getter generic.RESTOptionsGetter, services *Services) (*resourceStorage, error) {
	strategy := newStrategy(k)
	stored := k.groupResource()
	if k.kind == "Event" {
		// Both groups' Events are one set of objects.
		stored.Group = ""
	}
	store := &genericregistry.Store{
		NewFunc:     k.newObject,
		NewListFunc: k.newList,
		PredicateFunc: func(label labels.Selector, field fields.Selector) storage.SelectionPredicate {
			return storage.SelectionPredicate{Label: label, Field: field, GetAttrs: k.attributes}
		},
		DefaultQualifiedResource:  stored,
		SingularQualifiedResource: schema.GroupResource{Group: stored.Group, Resource: k.singular},
		CreateStrategy:            strategy,
		UpdateStrategy:            strategy,
		DeleteStrategy:            strategy,
		ResetFieldsStrategy:       strategy,
		TableConvertor:            tableConvertor{k},
	}
	if k.deletion != nil {
		store.DeleteStrategy = k.deletion(strategy)
	}
	if k.removable != nil {
		store.ShouldDeleteDuringUpdate = func(ctx context.Context, key string, object, existing runtime.Object) bool {
			return k.removable(object) && genericregistry.ShouldDeleteDuringUpdate(ctx, key, object, existing)
		}
	}
	if k.ttl > 0 {
		store.TTLFunc = func(runtime.Object, uint64, bool) (uint64, error) { return k.ttl, nil }
	}
	if err := store.CompleteWithOptions(&generic.StoreOptions{RESTOptions: getter, AttrFunc: k.attributes}); err != nil {
		return nil, err
	}
	s := &resourceStorage{kind: k, store: store, main: mainREST{store, k}, subresources: map[string]rest.Storage{}, services: services}
	if k.hasStatus {
		s.subresources["status"] = s.withStrategy(statusStrategy{strategy})
	}
	if k.extend != nil {
		k.extend(s)
	}
	return s, nil
}

// Install serves every kind of the catalog.
func Install(server *genericapiserver.GenericAPIServer, getter generic.RESTOptionsGetter, services *Services) error {
	groups := map[string]*genericapiserver.APIGroupInfo{}
	var order []string
	for _, k := range Catalog {
		group := groups[k.gv.Group]
		if group == nil {
			info := genericapiserver.NewDefaultAPIGroupInfo(k.gv.Group, Scheme, ParameterCodec, Codecs)
			info.PrioritizedVersions = nil
			group = &info
			groups[k.gv.Group] = group
			order = append(order, k.gv.Group)
		}
		if group.VersionedResourcesStorageMap[k.gv.Version] == nil {
			group.PrioritizedVersions = append(group.PrioritizedVersions, k.gv)
			group.VersionedResourcesStorageMap[k.gv.Version] = map[string]rest.Storage{}
		}
		s, err := k.build(getter, services)
		if err != nil {
			return fmt.Errorf("%s: %w", k.groupResource(), err)
		}
		served := group.VersionedResourcesStorageMap[k.gv.Version]
		served[k.resource] = s.main
		for name, subresource := range s.subresources {
			served[k.resource+"/"+name] = subresource
		}
	}
	for _, group := range reviewGroups(services) {
		if err := server.InstallAPIGroup(group); err != nil {
			return err
		}
	}
	for _, name := range order {
		var err error
		if name == "" {
			err = server.InstallLegacyAPIGroup(genericapiserver.DefaultLegacyAPIPrefix, groups[name])
		} else {
			err = server.InstallAPIGroup(groups[name])
		}
		if err != nil {
			return fmt.Errorf("API group %q: %w", name, err)
		}
	}
	return nil
}
