package kinds

import (
	"context"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	genericregistry "k8s.io/apiserver/pkg/registry/generic/registry"
	"k8s.io/apiserver/pkg/registry/rest"
)

// registerSubresourceTypes makes known, as internal types, what subresources
// take and return and no kind of the catalog is.
func registerSubresourceTypes() {
	addInternal(autoscalingv1.GroupName, "Scale", &autoscalingv1.Scale{})
	registerPodActions()
	registerReviewTypes()
}

// scaled names the parts of a kind that its Scale shows.
type scaled func(object runtime.Object) (replicas **int32, selector *metav1.LabelSelector, current int32)

func deploymentScale(object runtime.Object) (**int32, *metav1.LabelSelector, int32) {
	d := object.(*appsv1.Deployment)
	return &d.Spec.Replicas, d.Spec.Selector, d.Status.Replicas
}

func replicaSetScale(object runtime.Object) (**int32, *metav1.LabelSelector, int32) {
	r := object.(*appsv1.ReplicaSet)
	return &r.Spec.Replicas, r.Spec.Selector, r.Status.Replicas
}

func statefulSetScale(object runtime.Object) (**int32, *metav1.LabelSelector, int32) {
	s := object.(*appsv1.StatefulSet)
	return &s.Spec.Replicas, s.Spec.Selector, s.Status.Replicas
}

func extendScale(parts scaled) func(*resourceStorage) {
	return func(s *resourceStorage) { s.subresources["scale"] = &scaleREST{s.store, parts} }
}

// scaleREST is the /scale subresource of a workload.
type scaleREST struct {
	store *genericregistry.Store
	parts scaled
}

func (r *scaleREST) New() runtime.Object { return &autoscalingv1.Scale{} }
func (r *scaleREST) Destroy()            {}

func (r *scaleREST) GroupVersionKind(schema.GroupVersion) schema.GroupVersionKind {
	return autoscalingv1.SchemeGroupVersion.WithKind("Scale")
}

func (r *scaleREST) scaleOf(object runtime.Object) (*autoscalingv1.Scale, error) {
	replicas, labels, current := r.parts(object)
	selector, err := metav1.LabelSelectorAsSelector(labels)
	if err != nil {
		return nil, err
	}
	m := metaOf(object)
	scale := &autoscalingv1.Scale{
		ObjectMeta: metav1.ObjectMeta{
			Name: m.GetName(), Namespace: m.GetNamespace(), UID: m.GetUID(),
			ResourceVersion: m.GetResourceVersion(), CreationTimestamp: m.GetCreationTimestamp(),
		},
		Status: autoscalingv1.ScaleStatus{Replicas: current, Selector: selector.String()},
	}
	scale.Spec.Replicas = 1 // what an absent field means
	if *replicas != nil {
		scale.Spec.Replicas = **replicas
	}
	return scale, nil
}

func (r *scaleREST) Get(ctx context.Context, name string, options *metav1.GetOptions) (runtime.Object, error) {
	object, err := r.store.Get(ctx, name, options)
	if err != nil {
		return nil, err
	}
	return r.scaleOf(object)
}

func (r *scaleREST) Update(ctx context.Context, name string, info rest.UpdatedObjectInfo, create rest.ValidateObjectFunc, update rest.ValidateObjectUpdateFunc, _ bool, options *metav1.UpdateOptions) (runtime.Object, bool, error) {
	validate := func(ctx context.Context, object, old runtime.Object) error {
		scale, err := r.scaleOf(object)
		if err != nil {
			return err
		}
		was, err := r.scaleOf(old)
		if err != nil {
			return err
		}
		return update(ctx, scale, was)
	}
	object, _, err := r.store.Update(ctx, name, scaleUpdate{r, info}, rest.ValidateAllObjectFunc, validate, false, options)
	if err != nil {
		return nil, false, err
	}
	scale, err := r.scaleOf(object)
	return scale, false, err
}

func (r *scaleREST) ConvertToTable(ctx context.Context, object, options runtime.Object) (*metav1.Table, error) {
	return r.store.ConvertToTable(ctx, object, options)
}

// scaleUpdate carries a change of a Scale over to the object that it scales.
type scaleUpdate struct {
	rest *scaleREST
	info rest.UpdatedObjectInfo
}

func (u scaleUpdate) Preconditions() *metav1.Preconditions { return u.info.Preconditions() }

func (u scaleUpdate) UpdatedObject(ctx context.Context, old runtime.Object) (runtime.Object, error) {
	before, err := u.rest.scaleOf(old)
	if err != nil {
		return nil, err
	}
	changed, err := u.info.UpdatedObject(ctx, before)
	if err != nil {
		return nil, err
	}
	scale, ok := changed.(*autoscalingv1.Scale)
	if !ok {
		return nil, apierrors.NewBadRequest(fmt.Sprintf("expected a Scale, got %T", changed))
	}
	if scale.Spec.Replicas < 0 {
		return nil, apierrors.NewInvalid(autoscalingv1.SchemeGroupVersion.WithKind("Scale").GroupKind(), scale.Name,
			validation.ValidateNonnegativeField(int64(scale.Spec.Replicas), field.NewPath("spec", "replicas")))
	}
	object := old.DeepCopyObject()
	replicas, _, _ := u.rest.parts(object)
	*replicas = &scale.Spec.Replicas
	if scale.ResourceVersion != "" {
		metaOf(object).SetResourceVersion(scale.ResourceVersion)
	}
	return object, nil
}
