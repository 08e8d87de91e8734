package kinds

import (
	"context"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/storage/names"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
)

type metaObject = metav1.Object

// strategy is the generic registry's view of a kind: the spec/status split,
// generation, the rules of metadata and those that the kind's traits name.
type strategy struct {
	runtime.ObjectTyper
	names.NameGenerator
	kind Kind
}

func newStrategy(k Kind) strategy {
	return strategy{Scheme, names.SimpleNameGenerator, k}
}

func (s strategy) NamespaceScoped() bool          { return !s.kind.clusterScoped }
func (s strategy) AllowCreateOnUpdate() bool      { return s.kind.createOnUpdate }
func (s strategy) AllowUnconditionalUpdate() bool { return !s.kind.needsVersion }
func (s strategy) Canonicalize(runtime.Object)    {}

func (s strategy) PrepareForCreate(ctx context.Context, object runtime.Object) {
	if s.kind.hasStatus && !s.kind.statusOnCreate {
		statusOf(object).SetZero()
	}
	metaOf(object).SetGeneration(0)
	if s.kind.hasGeneration {
		metaOf(object).SetGeneration(1)
	}
	if s.kind.prepareCreate != nil {
		s.kind.prepareCreate(ctx, object)
	}
}

func (s strategy) PrepareForUpdate(ctx context.Context, object, old runtime.Object) {
	if s.kind.hasStatus {
		statusOf(object).Set(statusOf(old))
	}
	if s.kind.prepareUpdate != nil {
		s.kind.prepareUpdate(ctx, object, old)
	}
	generation := metaOf(old).GetGeneration()
	if s.kind.hasGeneration && !equality.Semantic.DeepEqual(desired(object), desired(old)) {
		generation++
	}
	metaOf(object).SetGeneration(generation)
}

func (s strategy) Validate(_ context.Context, object runtime.Object) field.ErrorList {
	nameRule := s.kind.names
	if nameRule == nil {
		nameRule = validation.NameIsDNSSubdomain
	}
	errs := validation.ValidateObjectMetaAccessor(metaOf(object), !s.kind.clusterScoped, nameRule, field.NewPath("metadata"))
	if s.kind.validate != nil {
		errs = append(errs, s.kind.validate(object)...)
	}
	return errs
}

func (s strategy) ValidateUpdate(_ context.Context, object, old runtime.Object) field.ErrorList {
	errs := validation.ValidateObjectMetaAccessorUpdate(metaOf(object), metaOf(old), field.NewPath("metadata"))
	switch {
	case s.kind.validateUpdate != nil:
		errs = append(errs, s.kind.validateUpdate(object, old)...)
	case s.kind.validate != nil:
		errs = append(errs, s.kind.validate(object)...)
	}
	return errs
}

func (s strategy) WarningsOnCreate(context.Context, runtime.Object) []string { return nil }
func (s strategy) WarningsOnUpdate(context.Context, runtime.Object, runtime.Object) []string {
	return nil
}

// GetResetFields keeps server-side apply from owning a status that the main
// resource does not write.
func (s strategy) GetResetFields() map[fieldpath.APIVersion]*fieldpath.Set {
	if !s.kind.hasStatus {
		return nil
	}
	return s.kind.resetFields("status")
}

// statusStrategy is the strategy of the /status subresource.
type statusStrategy struct{ strategy }

func (statusStrategy) AllowCreateOnUpdate() bool { return false }

// PrepareForUpdate takes the new status and, of metadata, what the API server
// itself manages; the rest stays as it was.
func (s statusStrategy) PrepareForUpdate(_ context.Context, object, old runtime.Object) {
	m := metaOf(object)
	version, managed := m.GetResourceVersion(), m.GetManagedFields()
	copyAllButStatus(object, old)
	m.SetResourceVersion(version)
	m.SetManagedFields(managed)
	if s.kind.prepareStatus != nil {
		s.kind.prepareStatus(object, old)
	}
}

func (s statusStrategy) ValidateUpdate(_ context.Context, object, old runtime.Object) field.ErrorList {
	errs := validation.ValidateObjectMetaAccessorUpdate(metaOf(object), metaOf(old), field.NewPath("metadata"))
	if s.kind.validateStatus != nil {
		errs = append(errs, s.kind.validateStatus(object, old)...)
	}
	return errs
}

func (s statusStrategy) GetResetFields() map[fieldpath.APIVersion]*fieldpath.Set {
	return s.kind.resetFields("spec", "metadata")
}

func (k Kind) resetFields(names ...string) map[fieldpath.APIVersion]*fieldpath.Set {
	var paths []fieldpath.Path
	for _, name := range names {
		paths = append(paths, fieldpath.MakePathOrDie(name))
	}
	return map[fieldpath.APIVersion]*fieldpath.Set{fieldpath.APIVersion(k.gv.String()): fieldpath.NewSet(paths...)}
}

// dependentsPolicy is a strategy with a default propagation policy of its own.
type dependentsPolicy struct {
	strategy
	policy rest.GarbageCollectionPolicy
}

func (d dependentsPolicy) DefaultGarbageCollectionPolicy(context.Context) rest.GarbageCollectionPolicy {
	return d.policy
}

func defaultPropagation(policy rest.GarbageCollectionPolicy) func(strategy) rest.RESTDeleteStrategy {
	return func(s strategy) rest.RESTDeleteStrategy { return dependentsPolicy{s, policy} }
}
