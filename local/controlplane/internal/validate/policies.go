package validate

import (
	"net/netip"

	autoscalingv2 "k8s.io/api/autoscaling/v2"
	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/api/validation"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Lease checks a Lease, new or changed.
func Lease(l *coordinationv1.Lease) errorList {
	var errs errorList
	if seconds := l.Spec.LeaseDurationSeconds; seconds != nil && *seconds <= 0 {
		errs = append(errs, field.Invalid(specPath.Child("leaseDurationSeconds"), *seconds, "must be greater than 0"))
	}
	if transitions := l.Spec.LeaseTransitions; transitions != nil && *transitions < 0 {
		errs = append(errs, field.Invalid(specPath.Child("leaseTransitions"), *transitions, "must be greater than or equal to 0"))
	}
	strategy, holder := l.Spec.Strategy, l.Spec.PreferredHolder
	errs = append(errs, optionalOneOf(specPath.Child("strategy"), strategy, coordinationv1.OldestEmulationVersion)...)
	if holder != nil && *holder != "" && (strategy == nil || *strategy == "") {
		errs = append(errs, field.Forbidden(specPath.Child("preferredHolder"), "may only be specified if `strategy` is defined"))
	}
	return errs
}

// Autoscaler checks a HorizontalPodAutoscaler, new or changed.
func Autoscaler(h *autoscalingv2.HorizontalPodAutoscaler) errorList {
	spec := &h.Spec
	var errs errorList
	if spec.MinReplicas != nil && *spec.MinReplicas < 1 {
		errs = append(errs, field.Invalid(specPath.Child("minReplicas"), *spec.MinReplicas, "must be greater than or equal to 1"))
	}
	if spec.MaxReplicas < 1 {
		errs = append(errs, field.Invalid(specPath.Child("maxReplicas"), spec.MaxReplicas, "must be greater than 0"))
	}
	if spec.MinReplicas != nil && spec.MaxReplicas < *spec.MinReplicas {
		errs = append(errs, field.Invalid(specPath.Child("maxReplicas"), spec.MaxReplicas, "must be greater than or equal to `minReplicas`"))
	}
	target := specPath.Child("scaleTargetRef")
	errs = append(errs, required(target.Child("kind"), spec.ScaleTargetRef.Kind)...)
	errs = append(errs, required(target.Child("name"), spec.ScaleTargetRef.Name)...)
	for i, metric := range spec.Metrics {
		at := specPath.Child("metrics").Index(i)
		errs = append(errs, oneOf(at.Child("type"), metric.Type, autoscalingv2.ContainerResourceMetricSourceType, autoscalingv2.ExternalMetricSourceType,
			autoscalingv2.ObjectMetricSourceType, autoscalingv2.PodsMetricSourceType, autoscalingv2.ResourceMetricSourceType)...)
	}
	return errs
}

// DisruptionBudget checks a PodDisruptionBudget, new or changed.
func DisruptionBudget(b *policyv1.PodDisruptionBudget) errorList {
	spec := &b.Spec
	var errs errorList
	if spec.MinAvailable != nil && spec.MaxUnavailable != nil {
		errs = append(errs, field.Invalid(specPath, *spec, "minAvailable and maxUnavailable cannot be both set"))
	}
	errs = append(errs, share(specPath.Child("minAvailable"), spec.MinAvailable)...)
	errs = append(errs, atMostAll(specPath.Child("minAvailable"), spec.MinAvailable)...)
	errs = append(errs, share(specPath.Child("maxUnavailable"), spec.MaxUnavailable)...)
	errs = append(errs, atMostAll(specPath.Child("maxUnavailable"), spec.MaxUnavailable)...)
	errs = append(errs, optionalOneOf(specPath.Child("unhealthyPodEvictionPolicy"), spec.UnhealthyPodEvictionPolicy, policyv1.AlwaysAllow, policyv1.IfHealthyBudget)...)
	return append(errs, optionalSelector(specPath.Child("selector"), spec.Selector)...)
}

// NetworkPolicy checks a NetworkPolicy, new or changed.
func NetworkPolicy(n *networkingv1.NetworkPolicy) errorList {
	errs := optionalSelector(specPath.Child("podSelector"), &n.Spec.PodSelector)
	for i, rule := range n.Spec.Ingress {
		at := specPath.Child("ingress").Index(i)
		errs = append(errs, policyPorts(at.Child("ports"), rule.Ports)...)
		errs = append(errs, policyPeers(at.Child("from"), rule.From)...)
	}
	for i, rule := range n.Spec.Egress {
		at := specPath.Child("egress").Index(i)
		errs = append(errs, policyPorts(at.Child("ports"), rule.Ports)...)
		errs = append(errs, policyPeers(at.Child("to"), rule.To)...)
	}
	if len(n.Spec.PolicyTypes) > 2 {
		return append(errs, field.Invalid(specPath.Child("policyTypes"), &n.Spec.PolicyTypes, "may not specify more than two policyTypes"))
	}
	for i, kind := range n.Spec.PolicyTypes {
		errs = append(errs, oneOf(specPath.Child("policyTypes").Index(i), kind, networkingv1.PolicyTypeEgress, networkingv1.PolicyTypeIngress)...)
	}
	return errs
}

func policyPorts(path *field.Path, ports []networkingv1.NetworkPolicyPort) errorList {
	var errs errorList
	for i, p := range ports {
		at := path.Index(i)
		errs = append(errs, optionalOneOf(at.Child("protocol"), p.Protocol, corev1.ProtocolSCTP, corev1.ProtocolTCP, corev1.ProtocolUDP)...)
		if p.Port != nil {
			errs = append(errs, portOrName(at.Child("port"), *p.Port)...)
		}
		switch {
		case p.EndPort == nil:
		case p.Port == nil:
			errs = append(errs, field.Required(at.Child("endPort"), "may not be specified when `port` is not specified"))
		case *p.EndPort < p.Port.IntVal:
			errs = append(errs, field.Invalid(at.Child("endPort"), p.Port.IntVal, "must be greater than or equal to `port`"))
		default:
			errs = append(errs, reasons(at.Child("endPort"), *p.EndPort, utilvalidation.IsValidPortNum(int(*p.EndPort)))...)
		}
	}
	return errs
}

func policyPeers(path *field.Path, peers []networkingv1.NetworkPolicyPeer) errorList {
	var errs errorList
	for i := range peers {
		peer, at := &peers[i], path.Index(i)
		errs = append(errs, optionalSelector(at.Child("podSelector"), peer.PodSelector)...)
		errs = append(errs, optionalSelector(at.Child("namespaceSelector"), peer.NamespaceSelector)...)
		switch {
		case len(setFields(peer)) == 0:
			errs = append(errs, field.Required(at, "must specify a peer"))
		case peer.IPBlock != nil && len(setFields(peer)) > 1:
			errs = append(errs, field.Forbidden(at, "may not specify both ipBlock and another peer"))
		case peer.IPBlock != nil:
			errs = append(errs, ipBlock(at.Child("ipBlock"), peer.IPBlock)...)
		}
	}
	return errs
}

func ipBlock(path *field.Path, block *networkingv1.IPBlock) errorList {
	const message = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"
	if block.CIDR == "" {
		return errorList{field.Required(path.Child("cidr"), "")}
	}
	whole, err := netip.ParsePrefix(block.CIDR)
	if err != nil {
		return errorList{field.Invalid(path.Child("cidr"), block.CIDR, message)}
	}
	var errs errorList
	for i, text := range block.Except {
		at := path.Child("except").Index(i)
		part, err := netip.ParsePrefix(text)
		if err != nil {
			errs = append(errs, field.Invalid(at, text, message))
		} else if !whole.Contains(part.Addr()) || part.Bits() <= whole.Bits() {
			errs = append(errs, field.Invalid(at, text, "must be a strict subset of `cidr`"))
		}
	}
	return errs
}

// ResourceQuota checks a ResourceQuota, new or changed.
func ResourceQuota(q *corev1.ResourceQuota) errorList {
	var errs errorList
	for _, name := range sortedKeys(q.Spec.Hard) {
		at := specPath.Child("hard").Key(string(name))
		errs = append(errs, reasons(at, string(name), utilvalidation.IsQualifiedName(string(name)))...)
		errs = append(errs, nonNegativeQuantity(at, q.Spec.Hard[name])...)
	}
	return errs
}

const (
	maxSliceEndpoints = 1000
	maxSlicePorts     = 20000
	maxSliceAddresses = 100
)

// EndpointSlice checks an EndpointSlice, new or changed.
func EndpointSlice(e *discoveryv1.EndpointSlice) errorList {
	errs := oneOf(field.NewPath("addressType"), e.AddressType, discoveryv1.AddressTypeFQDN, discoveryv1.AddressTypeIPv4, discoveryv1.AddressTypeIPv6)
	if len(e.Endpoints) > maxSliceEndpoints {
		errs = append(errs, field.TooMany(field.NewPath("endpoints"), len(e.Endpoints), maxSliceEndpoints))
	}
	for i, endpoint := range e.Endpoints {
		at := field.NewPath("endpoints").Index(i).Child("addresses")
		if len(endpoint.Addresses) == 0 {
			errs = append(errs, field.Required(at, "must contain at least 1 address"))
		} else if len(endpoint.Addresses) > maxSliceAddresses {
			errs = append(errs, field.TooMany(at, len(endpoint.Addresses), maxSliceAddresses))
		}
		for j, address := range endpoint.Addresses {
			errs = append(errs, sliceAddress(at.Index(j), e.AddressType, address)...)
		}
	}
	if len(e.Ports) > maxSlicePorts {
		errs = append(errs, field.TooMany(field.NewPath("ports"), len(e.Ports), maxSlicePorts))
	}
	names := map[string]bool{}
	for i, port := range e.Ports {
		at := field.NewPath("ports").Index(i)
		name := ""
		if port.Name != nil {
			name = *port.Name
		}
		if name != "" {
			errs = append(errs, reasons(at.Child("name"), name, utilvalidation.IsDNS1123Label(name))...)
		}
		if names[name] {
			errs = append(errs, field.Duplicate(at.Child("name"), name))
		}
		names[name] = true
		errs = append(errs, optionalOneOf(at.Child("protocol"), port.Protocol, corev1.ProtocolSCTP, corev1.ProtocolTCP, corev1.ProtocolUDP)...)
	}
	return errs
}

// sliceAddress lets loopback addresses through, which a real one refuses: the local cluster's pods have no others.
func sliceAddress(path *field.Path, kind discoveryv1.AddressType, text string) errorList {
	address, err := netip.ParseAddr(text)
	switch {
	case kind == discoveryv1.AddressTypeFQDN:
		return nil
	case err != nil:
		return errorList{field.Invalid(path, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")}
	case kind == discoveryv1.AddressTypeIPv4 && !address.Is4():
		return errorList{field.Invalid(path, text, "must be an IPv4 address")}
	case kind == discoveryv1.AddressTypeIPv6 && !address.Is6():
		return errorList{field.Invalid(path, text, "must be an IPv6 address")}
	case address.IsUnspecified():
		return errorList{field.Invalid(path, text, "may not be unspecified (0.0.0.0 or ::)")}
	}
	return nil
}

// EndpointSliceUpdate keeps the type of addresses.
func EndpointSliceUpdate(e, old *discoveryv1.EndpointSlice) errorList {
	return append(EndpointSlice(e), validation.ValidateImmutableField(e.AddressType, old.AddressType, field.NewPath("addressType"))...)
}
