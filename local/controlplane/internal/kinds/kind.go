package kinds

import (
	"context"
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/registry/rest"
)

// traits are the ways in which a kind differs from the plainest one.
type traits struct {
	short      []string
	categories []string

	clusterScoped  bool // not namespaced
	hasStatus      bool // has a /status subresource, and status is not written through the main one
	statusOnCreate bool // status of a new object is kept (kubelets register Nodes with one)
	hasGeneration  bool // metadata.generation counts changes of the spec
	createOnUpdate bool // PUT of an unknown name creates
	needsVersion   bool // PUT without a resourceVersion is refused

	names validation.ValidateNameFunc // nil: DNS subdomain

	// fields are what field selectors can match, beside name and namespace.
	fields func(object runtime.Object) fields.Set
	// columns are the table's columns between Name and Age.
	columns []column
	// ttl is how many seconds an object lives in etcd; 0 is forever.
	ttl uint64

	prepareCreate func(ctx context.Context, object runtime.Object)
	prepareUpdate func(ctx context.Context, object, old runtime.Object)
	prepareStatus func(object, old runtime.Object)
	// validate has the rules beyond metadata; validateUpdate those of a change,
	// and where it is nil, validate holds for the result.
	validate       func(object runtime.Object) field.ErrorList
	validateUpdate func(object, old runtime.Object) field.ErrorList
	validateStatus func(object, old runtime.Object) field.ErrorList
	// removable says whether a deleted object may go once metadata has no
	// finalizers left; nil: always.
	removable func(object runtime.Object) bool
	// deletion wraps the strategy where deletion has rules of its own.
	deletion func(strategy) rest.RESTDeleteStrategy
	// extend may replace the kind's storage and add subresources to it.
	extend func(s *resourceStorage)
}

// Kind is one built-in kind.
type Kind struct {
	traits
	gv                       schema.GroupVersion
	resource, singular, kind string
	newObject, newList       func() runtime.Object
}

// object is a pointer to T that is a runtime.Object.
type object[T any] interface {
	*T
	runtime.Object
}

// define describes a kind whose Go types are T and L.
func define[T, L any, PT object[T], PL object[L]](gv schema.GroupVersion, resource string, t traits) Kind {
	kind := strings.TrimPrefix(fmt.Sprintf("%T", *new(T)), gv.Version+".")
	return Kind{
		traits: t, gv: gv, resource: resource, singular: strings.ToLower(kind), kind: kind,
		newObject: func() runtime.Object { return PT(new(T)) },
		newList:   func() runtime.Object { return PL(new(L)) },
	}
}

// checks makes a rule of one kind one of any object.
func checks[T any, PT object[T]](rule func(PT) field.ErrorList) func(runtime.Object) field.ErrorList {
	return func(o runtime.Object) field.ErrorList { return rule(o.(PT)) }
}

// checksChange is checks for a rule about what changes.
func checksChange[T any, PT object[T]](rule func(now, before PT) field.ErrorList) func(now, before runtime.Object) field.ErrorList {
	return func(now, before runtime.Object) field.ErrorList { return rule(now.(PT), before.(PT)) }
}

func (k Kind) groupResource() schema.GroupResource {
	return schema.GroupResource{Group: k.gv.Group, Resource: k.resource}
}

// attributes are what label and field selectors match.
func (k Kind) attributes(object runtime.Object) (labels.Set, fields.Set, error) {
	m, err := meta.Accessor(object)
	if err != nil {
		return nil, nil, err
	}
	set := fields.Set{}
	if k.fields != nil {
		set = k.fields(object)
	}
	set["metadata.name"] = m.GetName()
	if !k.clusterScoped {
		set["metadata.namespace"] = m.GetNamespace()
	}
	return m.GetLabels(), set, nil
}

// convertFieldLabel accepts the fields that attributes reports.
func (k Kind) convertFieldLabel(label, value string) (string, string, error) {
	_, known, err := k.attributes(k.newObject())
	if err != nil {
		return "", "", err
	}
	if _, ok := known[label]; !ok && label != "metadata.namespace" {
		return "", "", fmt.Errorf("%q is not a known field selector of %s", label, k.resource)
	}
	return label, value, nil
}

func metaOf(object runtime.Object) metaObject {
	m, err := meta.Accessor(object)
	if err != nil {
		panic(err) // every type of the catalog has ObjectMeta
	}
	return m
}
