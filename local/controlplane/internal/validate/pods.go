package validate

import (
	"math"
	"net/netip"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/validation"
	metavalidation "k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Pod checks a new Pod.
func Pod(pod *corev1.Pod) errorList {
	errs := podSpec(specPath, &pod.Spec)
	if len(pod.Spec.EphemeralContainers) > 0 {
		errs = append(errs, field.Forbidden(specPath.Child("ephemeralContainers"), "cannot be set on create"))
	}
	if pod.Spec.NodeName != "" && len(pod.Spec.SchedulingGates) > 0 {
		errs = append(errs, field.Forbidden(specPath.Child("nodeName"), "cannot be set until all schedulingGates have been cleared"))
	}
	return errs
}

// podTemplate checks the template of a controller's Pods.
func podTemplate(path *field.Path, t *corev1.PodTemplateSpec) errorList {
	errs := metavalidation.ValidateLabels(t.Labels, path.Child("labels"))
	errs = append(errs, validation.ValidateAnnotations(t.Annotations, path.Child("annotations"))...)
	errs = append(errs, podSpec(path.Child("spec"), &t.Spec)...)
	if len(t.Spec.EphemeralContainers) > 0 {
		errs = append(errs, field.Forbidden(path.Child("spec", "ephemeralContainers"), "ephemeral containers not allowed in pod template"))
	}
	return errs
}

func podSpec(path *field.Path, s *corev1.PodSpec) errorList {
	names, errs := volumes(path.Child("volumes"), s.Volumes)
	pod := podContext{volumes: names, hostNetwork: s.HostNetwork, names: map[string]bool{}}
	errs = append(errs, containers(path.Child("containers"), s.Containers, pod)...)
	errs = append(errs, initContainers(path.Child("initContainers"), s.InitContainers, pod)...)
	errs = append(errs, oneOf(path.Child("restartPolicy"), s.RestartPolicy, corev1.RestartPolicyAlways, corev1.RestartPolicyOnFailure, corev1.RestartPolicyNever)...)
	errs = append(errs, oneOf(path.Child("dnsPolicy"), s.DNSPolicy, corev1.DNSClusterFirstWithHostNet, corev1.DNSClusterFirst, corev1.DNSDefault, corev1.DNSNone)...)
	errs = append(errs, metavalidation.ValidateLabels(s.NodeSelector, path.Child("nodeSelector"))...)
	errs = append(errs, podSecurity(path.Child("securityContext"), s.SecurityContext)...)
	errs = append(errs, affinity(path.Child("affinity"), s.Affinity)...)
	errs = append(errs, serviceAccountName(path.Child("serviceAccountName"), s.ServiceAccountName)...)
	errs = append(errs, tolerations(path.Child("tolerations"), s.Tolerations)...)
	errs = append(errs, hostAliases(path.Child("hostAliases"), s.HostAliases)...)
	errs = append(errs, schedulingGates(path.Child("schedulingGates"), s.SchedulingGates)...)
	errs = append(errs, optionalOneOf(path.Child("preemptionPolicy"), s.PreemptionPolicy, corev1.PreemptLowerPriority, corev1.PreemptNever)...)
	for i, gate := range s.ReadinessGates {
		errs = append(errs, reasons(path.Child("readinessGates").Index(i).Child("conditionType"), string(gate.ConditionType), utilvalidation.IsQualifiedName(string(gate.ConditionType)))...)
	}
	for name, value := range map[string]string{"nodeName": s.NodeName, "priorityClassName": s.PriorityClassName} {
		if value != "" {
			errs = append(errs, reasons(path.Child(name), value, utilvalidation.IsDNS1123Subdomain(value))...)
		}
	}
	if s.RuntimeClassName != nil {
		errs = append(errs, reasons(path.Child("runtimeClassName"), *s.RuntimeClassName, utilvalidation.IsDNS1123Subdomain(*s.RuntimeClassName))...)
	}
	for name, value := range map[string]string{"hostname": s.Hostname, "subdomain": s.Subdomain} {
		if value != "" {
			errs = append(errs, reasons(path.Child(name), value, utilvalidation.IsDNS1123Label(value))...)
		}
	}
	if deadline := s.ActiveDeadlineSeconds; deadline != nil && (*deadline < 1 || *deadline > math.MaxInt32) {
		errs = append(errs, field.Invalid(path.Child("activeDeadlineSeconds"), *deadline, utilvalidation.InclusiveRangeError(1, math.MaxInt32)))
	}
	return errs
}

func hostAliases(path *field.Path, aliases []corev1.HostAlias) errorList {
	var errs errorList
	for i, alias := range aliases {
		if _, err := netip.ParseAddr(alias.IP); err != nil {
			errs = append(errs, field.Invalid(path.Index(i).Child("ip"), alias.IP, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
		}
		for j, name := range alias.Hostnames {
			errs = append(errs, reasons(path.Index(i).Child("hostnames").Index(j), name, utilvalidation.IsDNS1123Subdomain(name))...)
		}
	}
	return errs
}

func schedulingGates(path *field.Path, gates []corev1.PodSchedulingGate) errorList {
	var errs errorList
	seen := map[string]bool{}
	for i, gate := range gates {
		errs = append(errs, reasons(path.Index(i), gate.Name, utilvalidation.IsQualifiedName(gate.Name))...)
		if seen[gate.Name] {
			errs = append(errs, field.Duplicate(path.Index(i), gate.Name))
		}
		seen[gate.Name] = true
	}
	return errs
}
