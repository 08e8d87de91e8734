package kinds

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	genericregistry "k8s.io/apiserver/pkg/registry/generic/registry"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/storage"
	"k8s.io/apiserver/pkg/util/dryrun"
	"k8s.io/client-go/util/retry"
)

func extendPods(s *resourceStorage) {
	s.subresources["binding"] = &bindingREST{s.store}
	s.subresources["eviction"] = &evictionREST{s.store, s.services}
	s.subresources["log"] = &logREST{s.store, s.services}
}

func registerPodActions() {
	addInternal("", "Binding", &corev1.Binding{})
	addInternal(policyv1.GroupName, "Eviction", &policyv1.Eviction{})
	registerLogOptions()
}

var success = &metav1.Status{Status: metav1.StatusSuccess, Code: 201}

// bindingREST is pods/binding: the scheduler's word on where a Pod runs.
type bindingREST struct{ pods *genericregistry.Store }

func (r *bindingREST) New() runtime.Object { return &corev1.Binding{} }
func (r *bindingREST) Destroy()            {}

func (r *bindingREST) Create(ctx context.Context, name string, object runtime.Object, validate rest.ValidateObjectFunc, options *metav1.CreateOptions) (runtime.Object, error) {
	binding, ok := object.(*corev1.Binding)
	if !ok {
		return nil, apierrors.NewBadRequest(fmt.Sprintf("not a Binding: %T", object))
	}
	if binding.Target.Name == "" || binding.Target.Kind != "" && binding.Target.Kind != "Node" {
		return nil, apierrors.NewBadRequest("target must name a Node")
	}
	if validate != nil {
		if err := validate(ctx, object.DeepCopyObject()); err != nil {
			return nil, err
		}
	}
	key, err := r.pods.KeyFunc(ctx, name)
	if err != nil {
		return nil, err
	}
	var preconditions *storage.Preconditions
	if binding.UID != "" {
		preconditions = &storage.Preconditions{UID: &binding.UID}
	}
	err = r.pods.Storage.GuaranteedUpdate(ctx, key, &corev1.Pod{}, false, preconditions, storage.SimpleUpdate(func(existing runtime.Object) (runtime.Object, error) {
		return bind(existing.(*corev1.Pod), binding)
	}), dryrun.IsDryRun(options.DryRun), nil)
	if err != nil {
		return nil, storeError(err, corev1.Resource("pods/binding"), name)
	}
	return success, nil
}

func bind(pod *corev1.Pod, binding *corev1.Binding) (*corev1.Pod, error) {
	switch {
	case pod.DeletionTimestamp != nil:
		return nil, apierrors.NewConflict(corev1.Resource("pods/binding"), pod.Name, fmt.Errorf("pod %s is being deleted, cannot be assigned to a host", pod.Name))
	case pod.Spec.NodeName != "":
		return nil, apierrors.NewConflict(corev1.Resource("pods/binding"), pod.Name, fmt.Errorf("pod %s is already assigned to node %q", pod.Name, pod.Spec.NodeName))
	case len(pod.Spec.SchedulingGates) > 0:
		return nil, apierrors.NewConflict(corev1.Resource("pods/binding"), pod.Name, fmt.Errorf("pod %s has non-empty .spec.schedulingGates", pod.Name))
	}
	pod.Spec.NodeName = binding.Target.Name
	for key, value := range binding.Annotations {
		metav1.SetMetaDataAnnotation(&pod.ObjectMeta, key, value)
	}
	for i := range pod.Status.Conditions {
		if c := &pod.Status.Conditions[i]; c.Type == corev1.PodScheduled {
			if c.Status != corev1.ConditionTrue {
				*c = scheduled()
			}
			return pod, nil
		}
	}
	pod.Status.Conditions = append(pod.Status.Conditions, scheduled())
	return pod, nil
}

func scheduled() corev1.PodCondition {
	return corev1.PodCondition{Type: corev1.PodScheduled, Status: corev1.ConditionTrue, LastTransitionTime: metav1.Now()}
}

// evictionREST is pods/eviction: a deletion that disruption budgets may refuse.
type evictionREST struct {
	pods     *genericregistry.Store
	services *Services
}

func (r *evictionREST) New() runtime.Object { return &policyv1.Eviction{} }
func (r *evictionREST) Destroy()            {}

func (r *evictionREST) GroupVersionKind(schema.GroupVersion) schema.GroupVersionKind {
	return policyv1.SchemeGroupVersion.WithKind("Eviction")
}

func (r *evictionREST) Create(ctx context.Context, name string, object runtime.Object, validate rest.ValidateObjectFunc, _ *metav1.CreateOptions) (runtime.Object, error) {
	eviction, ok := object.(*policyv1.Eviction)
	if !ok {
		return nil, apierrors.NewBadRequest(fmt.Sprintf("not an Eviction: %T", object))
	}
	if validate != nil {
		if err := validate(ctx, object.DeepCopyObject()); err != nil {
			return nil, err
		}
	}
	found, err := r.pods.Get(ctx, name, &metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	pod := found.(*corev1.Pod)
	options := eviction.DeleteOptions
	if options == nil {
		options = &metav1.DeleteOptions{}
	}
	dry := dryrun.IsDryRun(options.DryRun)
	unhealthy := pod.Status.Phase == corev1.PodPending || pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
	if !unhealthy && pod.DeletionTimestamp == nil {
		if err := r.spend(ctx, pod, dry); err != nil {
			return nil, err
		}
	}
	if _, _, err := r.pods.Delete(ctx, name, rest.ValidateAllObjectFunc, options); err != nil {
		return nil, err
	}
	return success, nil
}

// spend takes one disruption from the budget that covers a Pod.
func (r *evictionREST) spend(ctx context.Context, pod *corev1.Pod, dry bool) error {
	budgets := r.services.Client.PolicyV1().PodDisruptionBudgets(pod.Namespace)
	return retry.RetryOnConflict(retry.DefaultBackoff, func() error {
		list, err := budgets.List(ctx, metav1.ListOptions{})
		if err != nil {
			return err
		}
		var covering []*policyv1.PodDisruptionBudget
		for i := range list.Items {
			selector, err := metav1.LabelSelectorAsSelector(list.Items[i].Spec.Selector)
			if err == nil && selector.Matches(labels.Set(pod.Labels)) {
				covering = append(covering, &list.Items[i])
			}
		}
		switch {
		case len(covering) == 0:
			return nil
		case len(covering) > 1:
			return apierrors.NewInternalError(fmt.Errorf("this pod has more than one PodDisruptionBudget, which the eviction subresource does not support"))
		}
		budget := covering[0]
		if budget.Status.DisruptionsAllowed <= 0 || budget.Status.ObservedGeneration < budget.Generation {
			refusal := apierrors.NewTooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", 0)
			refusal.ErrStatus.Details.Causes = append(refusal.ErrStatus.Details.Causes, metav1.StatusCause{
				Type:    policyv1.DisruptionBudgetCause,
				Message: fmt.Sprintf("The disruption budget %s allows no disruption now", budget.Name),
			})
			return refusal
		}
		if dry {
			return nil
		}
		budget.Status.DisruptionsAllowed--
		if budget.Status.DisruptedPods == nil {
			budget.Status.DisruptedPods = map[string]metav1.Time{}
		}
		budget.Status.DisruptedPods[pod.Name] = metav1.Now()
		_, err = budgets.UpdateStatus(ctx, budget, metav1.UpdateOptions{})
		return err
	})
}
