package kinds

import (
	"context"
	"slices"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	genericregistry "k8s.io/apiserver/pkg/registry/generic/registry"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/storage"
	"k8s.io/apiserver/pkg/util/dryrun"
)

// A namespace leaves in two steps: deletion marks it Terminating, and it is
// gone when both its metadata's and its spec's finalizers are empty. The spec's
// are changed through /finalize only, by the controller that empties it.

func prepareNamespace(_ context.Context, object runtime.Object) {
	ns := object.(*corev1.Namespace)
	ns.Status = corev1.NamespaceStatus{Phase: corev1.NamespaceActive}
	if !slices.Contains(ns.Spec.Finalizers, corev1.FinalizerKubernetes) {
		ns.Spec.Finalizers = append(ns.Spec.Finalizers, corev1.FinalizerKubernetes)
	}
	if ns.Labels == nil {
		ns.Labels = map[string]string{}
	}
	ns.Labels[corev1.LabelMetadataName] = ns.Name
}

func keepNamespaceFinalizers(_ context.Context, object, old runtime.Object) {
	object.(*corev1.Namespace).Spec.Finalizers = old.(*corev1.Namespace).Spec.Finalizers
}

// namespaceREST replaces deletion. What it embeds is narrowed to an interface
// because a collection of namespaces cannot be deleted: the verb is not served.
type namespaceREST struct {
	namespaceVerbs
	store *genericregistry.Store
}

type namespaceVerbs interface {
	rest.Storage
	rest.Scoper
	rest.SingularNameProvider
	rest.ShortNamesProvider
	rest.Getter
	rest.Lister
	rest.Watcher
	rest.Creater
	rest.Updater
	rest.ResetFieldsStrategy
}

// finalizeStrategy takes the new spec.finalizers and nothing else.
type finalizeStrategy struct{ strategy }

func (finalizeStrategy) PrepareForUpdate(_ context.Context, object, old runtime.Object) {
	ns, was := object.(*corev1.Namespace), old.(*corev1.Namespace)
	finalizers, version := ns.Spec.Finalizers, ns.ResourceVersion
	*ns = *was.DeepCopy()
	ns.Spec.Finalizers, ns.ResourceVersion = finalizers, version
}

func namespaceEmptied(object runtime.Object) bool {
	return len(object.(*corev1.Namespace).Spec.Finalizers) == 0
}

func extendNamespaces(s *resourceStorage) {
	s.subresources["finalize"] = s.withStrategy(finalizeStrategy{newStrategy(s.kind)})
	s.main = &namespaceREST{mainREST{s.store, s.kind}, s.store}
}

func markTerminating(object runtime.Object) runtime.Object {
	ns := object.(*corev1.Namespace)
	if ns.DeletionTimestamp == nil {
		now := metav1.Now()
		ns.DeletionTimestamp = &now
	}
	ns.Status.Phase = corev1.NamespaceTerminating
	return ns
}

// Delete marks the namespace; with no finalizer left it removes it.
func (r *namespaceREST) Delete(ctx context.Context, name string, validate rest.ValidateObjectFunc, options *metav1.DeleteOptions) (runtime.Object, bool, error) {
	object, err := r.store.Get(ctx, name, &metav1.GetOptions{})
	if err != nil {
		return nil, false, err
	}
	ns := object.(*corev1.Namespace)
	if options == nil {
		options = metav1.NewDeleteOptions(0)
	}
	preconditions := storage.Preconditions{}
	if options.Preconditions != nil {
		preconditions = storage.Preconditions{UID: options.Preconditions.UID, ResourceVersion: options.Preconditions.ResourceVersion}
	}
	if preconditions.UID == nil {
		preconditions.UID = &ns.UID
	}
	if len(ns.Spec.Finalizers) == 0 {
		return r.store.Delete(ctx, name, validate, options)
	}
	key, err := r.store.KeyFunc(ctx, name)
	if err != nil {
		return nil, false, err
	}
	marked := r.store.NewFunc()
	err = r.store.Storage.GuaranteedUpdate(ctx, key, marked, false, &preconditions,
		storage.SimpleUpdate(func(existing runtime.Object) (runtime.Object, error) {
			if err := validate(ctx, existing.DeepCopyObject()); err != nil {
				return nil, err
			}
			return markTerminating(existing), nil
		}), dryrun.IsDryRun(options.DryRun), nil)
	if err != nil {
		return nil, false, storeError(err, corev1.Resource("namespaces"), name)
	}
	return marked, false, nil
}

// storeError says a storage error in the API's words.
func storeError(err error, resource schema.GroupResource, name string) error {
	switch {
	case storage.IsNotFound(err):
		return apierrors.NewNotFound(resource, name)
	case storage.IsInvalidObj(err), storage.IsConflict(err):
		return apierrors.NewConflict(resource, name, err)
	}
	return err
}
