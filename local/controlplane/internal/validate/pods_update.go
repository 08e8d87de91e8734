package validate

import (
	"math"
	"net/netip"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// PodUpdate allows the few changes that a Pod's spec takes.
func PodUpdate(pod, old *corev1.Pod) errorList {
	now, before := &pod.Spec, &old.Spec
	var errs errorList
	for name, same := range map[string]bool{
		"containers": len(now.Containers) == len(before.Containers), "initContainers": len(now.InitContainers) == len(before.InitContainers),
	} {
		if !same {
			errs = append(errs, field.Forbidden(specPath.Child(name), "pod updates may not add or remove containers"))
		}
	}
	if len(errs) > 0 {
		return errs
	}
	errs = append(errs, images(specPath.Child("containers"), now.Containers)...)
	errs = append(errs, images(specPath.Child("initContainers"), now.InitContainers)...)
	errs = append(errs, podDeadline(now.ActiveDeadlineSeconds, before.ActiveDeadlineSeconds)...)
	errs = append(errs, addedTolerations(specPath.Child("tolerations"), now.Tolerations, before.Tolerations)...)

	rest := now.DeepCopy()
	for i := range rest.Containers {
		rest.Containers[i].Image = before.Containers[i].Image
	}
	for i := range rest.InitContainers {
		rest.InitContainers[i].Image = before.InitContainers[i].Image
	}
	rest.ActiveDeadlineSeconds = before.ActiveDeadlineSeconds
	rest.Tolerations = before.Tolerations
	if was := before.TerminationGracePeriodSeconds; was != nil && *was < 0 && rest.TerminationGracePeriodSeconds != nil && *rest.TerminationGracePeriodSeconds == 1 {
		rest.TerminationGracePeriodSeconds = was
	}
	if len(rest.SchedulingGates) < len(before.SchedulingGates) {
		rest.SchedulingGates = before.SchedulingGates // gates only ever open
	}
	if !equality.Semantic.DeepEqual(rest, before) {
		errs = append(errs, field.Forbidden(specPath, podUpdatable))
	}
	return errs
}

func images(path *field.Path, list []corev1.Container) errorList {
	var errs errorList
	for i, c := range list {
		if c.Image == "" {
			errs = append(errs, field.Required(path.Index(i).Child("image"), ""))
		} else if c.Image != strings.TrimSpace(c.Image) {
			errs = append(errs, field.Invalid(path.Index(i).Child("image"), c.Image, "must not have leading or trailing whitespace"))
		}
	}
	return errs
}

func podDeadline(now, before *int64) errorList {
	path := specPath.Child("activeDeadlineSeconds")
	switch {
	case now == nil && before == nil:
	case now == nil:
		return errorList{field.Invalid(path, now, "must not update from a positive integer to nil value")}
	case *now < 0 || *now > math.MaxInt32:
		return errorList{field.Invalid(path, *now, utilvalidation.InclusiveRangeError(0, math.MaxInt32))}
	case before != nil && *before < *now:
		return errorList{field.Invalid(path, *now, "must be less than or equal to previous value")}
	}
	return nil
}

// PodStatusUpdate keeps containers that ended for good from coming back.
func PodStatusUpdate(pod, old *corev1.Pod) errorList {
	errs := ended(statusPath.Child("containerStatuses"), pod.Status.ContainerStatuses, old.Status.ContainerStatuses, pod.Spec.RestartPolicy)
	errs = append(errs, ended(statusPath.Child("initContainerStatuses"), withoutSidecars(pod.Status.InitContainerStatuses, &pod.Spec), old.Status.InitContainerStatuses, initRestartPolicy(pod.Spec.RestartPolicy))...)
	for i, ip := range pod.Status.PodIPs {
		if _, err := netip.ParseAddr(ip.IP); err != nil {
			errs = append(errs, field.Invalid(statusPath.Child("podIPs").Index(i), ip.IP, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
		}
	}
	return errs
}

func ended(path *field.Path, now, before []corev1.ContainerStatus, policy corev1.RestartPolicy) errorList {
	if policy == corev1.RestartPolicyAlways {
		return nil
	}
	var errs errorList
	for i, was := range before {
		if was.State.Terminated == nil || (was.State.Terminated.ExitCode != 0 && policy == corev1.RestartPolicyOnFailure) {
			continue
		}
		for _, is := range now {
			if is.Name == was.Name && is.State.Terminated == nil {
				errs = append(errs, field.Forbidden(path.Index(i).Child("state"), "may not be transitioned to non-terminated state"))
			}
		}
	}
	return errs
}

// initRestartPolicy is what init containers make of a pod's policy: Always means until they succeed.
func initRestartPolicy(policy corev1.RestartPolicy) corev1.RestartPolicy {
	if policy == corev1.RestartPolicyAlways {
		return corev1.RestartPolicyOnFailure
	}
	return policy
}

func withoutSidecars(statuses []corev1.ContainerStatus, spec *corev1.PodSpec) []corev1.ContainerStatus {
	sidecars := map[string]bool{}
	for _, c := range spec.InitContainers {
		sidecars[c.Name] = c.RestartPolicy != nil && *c.RestartPolicy == corev1.ContainerRestartPolicyAlways
	}
	var kept []corev1.ContainerStatus
	for _, s := range statuses {
		if !sidecars[s.Name] {
			kept = append(kept, s)
		}
	}
	return kept
}
