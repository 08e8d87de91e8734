package validate

import (
	"net/netip"

	corev1 "k8s.io/api/core/v1"
	metavalidation "k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

const maxAffinitySeconds = 86400

// Service checks a Service, new or changed.
func Service(s *corev1.Service) errorList {
	spec := &s.Spec
	headless := spec.ClusterIP == corev1.ClusterIPNone
	external := spec.Type == corev1.ServiceTypeExternalName
	var errs errorList
	if len(spec.Ports) == 0 && !headless && !external {
		errs = append(errs, field.Required(specPath.Child("ports"), ""))
	}
	errs = append(errs, oneOf(specPath.Child("type"), spec.Type,
		corev1.ServiceTypeClusterIP, corev1.ServiceTypeExternalName, corev1.ServiceTypeLoadBalancer, corev1.ServiceTypeNodePort)...)
	switch {
	case external && spec.ClusterIP != "":
		errs = append(errs, field.Forbidden(specPath.Child("clusterIPs"), "may not be set when `type` is 'ExternalName'"))
	case headless && (spec.Type == corev1.ServiceTypeNodePort || spec.Type == corev1.ServiceTypeLoadBalancer):
		errs = append(errs, field.Invalid(specPath.Child("clusterIPs").Index(0), spec.ClusterIP, "may not be set to 'None' for LoadBalancer services"))
	case spec.ClusterIP != "" && !headless:
		if _, err := netip.ParseAddr(spec.ClusterIP); err != nil {
			errs = append(errs, field.Invalid(specPath.Child("clusterIPs").Index(0), spec.ClusterIP, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
		}
	}
	if external {
		if spec.ExternalName == "" {
			errs = append(errs, field.Required(specPath.Child("externalName"), ""))
		} else {
			errs = append(errs, reasons(specPath.Child("externalName"), spec.ExternalName, utilvalidation.IsDNS1123Subdomain(spec.ExternalName))...)
		}
	}
	errs = append(errs, servicePorts(specPath.Child("ports"), spec.Ports, spec.Type)...)
	errs = append(errs, metavalidation.ValidateLabels(spec.Selector, specPath.Child("selector"))...)
	errs = append(errs, oneOf(specPath.Child("sessionAffinity"), spec.SessionAffinity, corev1.ServiceAffinityClientIP, corev1.ServiceAffinityNone)...)
	if config := spec.SessionAffinityConfig; config != nil && config.ClientIP != nil && config.ClientIP.TimeoutSeconds != nil {
		if seconds := *config.ClientIP.TimeoutSeconds; seconds <= 0 || seconds > maxAffinitySeconds {
			errs = append(errs, field.Invalid(specPath.Child("sessionAffinityConfig", "clientIP", "timeoutSeconds"), seconds, "must be greater than 0 and less than 86400"))
		}
	}
	errs = append(errs, optionalOneOf(specPath.Child("internalTrafficPolicy"), spec.InternalTrafficPolicy, corev1.ServiceInternalTrafficPolicyCluster, corev1.ServiceInternalTrafficPolicyLocal)...)
	errs = append(errs, optionalOneOf(specPath.Child("ipFamilyPolicy"), spec.IPFamilyPolicy, corev1.IPFamilyPolicyPreferDualStack, corev1.IPFamilyPolicyRequireDualStack, corev1.IPFamilyPolicySingleStack)...)
	for i, ip := range spec.ExternalIPs {
		if _, err := netip.ParseAddr(ip); err != nil {
			errs = append(errs, field.Invalid(specPath.Child("externalIPs").Index(i), ip, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
		}
	}
	return errs
}

// ServiceUpdate keeps a Service's address.
func ServiceUpdate(s, old *corev1.Service) errorList {
	errs := Service(s)
	hasAddress := func(t corev1.ServiceType) bool { return t != corev1.ServiceTypeExternalName }
	if hasAddress(s.Spec.Type) && hasAddress(old.Spec.Type) && old.Spec.ClusterIP != "" && s.Spec.ClusterIP != old.Spec.ClusterIP {
		errs = append(errs, field.Invalid(specPath.Child("clusterIPs").Index(0), s.Spec.ClusterIPs, "may not change once set"))
	}
	return errs
}

func servicePorts(path *field.Path, ports []corev1.ServicePort, kind corev1.ServiceType) errorList {
	type pair struct {
		protocol corev1.Protocol
		port     int32
	}
	var errs errorList
	names, pairs := map[string]bool{}, map[pair]bool{}
	for i, p := range ports {
		at := path.Index(i)
		if p.Name == "" {
			if len(ports) > 1 {
				errs = append(errs, field.Required(at.Child("name"), ""))
			}
		} else {
			errs = append(errs, label(at.Child("name"), p.Name)...)
			if names[p.Name] {
				errs = append(errs, field.Duplicate(at.Child("name"), p.Name))
			}
			names[p.Name] = true
		}
		errs = append(errs, reasons(at.Child("port"), p.Port, utilvalidation.IsValidPortNum(int(p.Port)))...)
		errs = append(errs, oneOf(at.Child("protocol"), p.Protocol, corev1.ProtocolSCTP, corev1.ProtocolTCP, corev1.ProtocolUDP)...)
		errs = append(errs, portOrName(at.Child("targetPort"), p.TargetPort)...)
		if p.AppProtocol != nil {
			errs = append(errs, reasons(at.Child("appProtocol"), *p.AppProtocol, utilvalidation.IsQualifiedName(*p.AppProtocol))...)
		}
		if p.NodePort != 0 && (kind == corev1.ServiceTypeClusterIP || kind == corev1.ServiceTypeExternalName) {
			errs = append(errs, field.Forbidden(at.Child("nodePort"), "may not be used when `type` is '"+string(kind)+"'"))
		}
		key := pair{p.Protocol, p.Port}
		if pairs[key] {
			errs = append(errs, field.Duplicate(at, corev1.ServicePort{Protocol: p.Protocol, Port: p.Port}))
		}
		pairs[key] = true
	}
	return errs
}
