package kinds

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/registry/rest"
)

func preparePod(_ context.Context, object runtime.Object) {
	pod := object.(*corev1.Pod)
	pod.Status = corev1.PodStatus{Phase: corev1.PodPending}
}

// podStrategy deletes in two steps: a Pod that a kubelet runs is marked and
// stays until the kubelet deletes it with a grace period of zero.
type podStrategy struct{ strategy }

func podDeletion(s strategy) rest.RESTDeleteStrategy { return podStrategy{s} }

func (podStrategy) CheckGracefulDelete(_ context.Context, object runtime.Object, options *metav1.DeleteOptions) bool {
	if options == nil {
		return false
	}
	pod := object.(*corev1.Pod)
	grace := int64(corev1.DefaultTerminationGracePeriodSeconds)
	if pod.Spec.TerminationGracePeriodSeconds != nil {
		grace = *pod.Spec.TerminationGracePeriodSeconds
	}
	if options.GracePeriodSeconds != nil {
		grace = *options.GracePeriodSeconds
	}
	finished := pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
	if pod.Spec.NodeName == "" || finished {
		grace = 0 // no process is left to be stopped
	}
	if grace < 0 {
		grace = 1
	}
	options.GracePeriodSeconds = &grace
	return true
}
