package defaults

import (
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Service fills a Service.
func Service(s *corev1.Service) {
	spec := &s.Spec
	word(&spec.Type, corev1.ServiceTypeClusterIP)
	word(&spec.SessionAffinity, corev1.ServiceAffinityNone)
	switch spec.SessionAffinity {
	case corev1.ServiceAffinityNone:
		spec.SessionAffinityConfig = nil
	case corev1.ServiceAffinityClientIP:
		Set(&spec.SessionAffinityConfig, corev1.SessionAffinityConfig{})
		Set(&spec.SessionAffinityConfig.ClientIP, corev1.ClientIPConfig{})
		Set(&spec.SessionAffinityConfig.ClientIP.TimeoutSeconds, corev1.DefaultClientIPServiceAffinitySeconds)
	}
	for i := range spec.Ports {
		port := &spec.Ports[i]
		word(&port.Protocol, corev1.ProtocolTCP)
		if port.TargetPort == intstr.FromInt32(0) || port.TargetPort == intstr.FromString("") {
			port.TargetPort = intstr.FromInt32(port.Port)
		}
	}
	if spec.Type != corev1.ServiceTypeExternalName {
		Set(&spec.InternalTrafficPolicy, corev1.ServiceInternalTrafficPolicyCluster)
	}
	if spec.Type == corev1.ServiceTypeNodePort || spec.Type == corev1.ServiceTypeLoadBalancer {
		word(&spec.ExternalTrafficPolicy, corev1.ServiceExternalTrafficPolicyCluster)
	}
	if spec.Type == corev1.ServiceTypeLoadBalancer {
		Set(&spec.AllocateLoadBalancerNodePorts, true)
	}
}

// Secret fills a Secret.
func Secret(s *corev1.Secret) { word(&s.Type, corev1.SecretTypeOpaque) }

// Namespace labels a namespace with its name, for selectors.
func Namespace(n *corev1.Namespace) {
	if n.Name == "" {
		return
	}
	if n.Labels == nil {
		n.Labels = map[string]string{}
	}
	n.Labels[corev1.LabelMetadataName] = n.Name
}

// Autoscaler fills a HorizontalPodAutoscaler.
func Autoscaler(h *autoscalingv2.HorizontalPodAutoscaler) {
	Set(&h.Spec.MinReplicas, 1)
	if len(h.Spec.Metrics) == 0 {
		percent := int32(80)
		h.Spec.Metrics = []autoscalingv2.MetricSpec{{
			Type: autoscalingv2.ResourceMetricSourceType,
			Resource: &autoscalingv2.ResourceMetricSource{
				Name:   corev1.ResourceCPU,
				Target: autoscalingv2.MetricTarget{Type: autoscalingv2.UtilizationMetricType, AverageUtilization: &percent},
			},
		}}
	}
}

// NetworkPolicy fills a NetworkPolicy.
func NetworkPolicy(n *networkingv1.NetworkPolicy) {
	for _, rule := range n.Spec.Ingress {
		policyPorts(rule.Ports)
	}
	for _, rule := range n.Spec.Egress {
		policyPorts(rule.Ports)
	}
	if len(n.Spec.PolicyTypes) == 0 {
		n.Spec.PolicyTypes = []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}
		if len(n.Spec.Egress) > 0 {
			n.Spec.PolicyTypes = append(n.Spec.PolicyTypes, networkingv1.PolicyTypeEgress)
		}
	}
}

func policyPorts(ports []networkingv1.NetworkPolicyPort) {
	for i := range ports {
		Set(&ports[i].Protocol, corev1.ProtocolTCP)
	}
}

// RoleBinding fills a RoleBinding.
func RoleBinding(b *rbacv1.RoleBinding) { binding(&b.RoleRef, b.Subjects) }

// ClusterRoleBinding fills a ClusterRoleBinding.
func ClusterRoleBinding(b *rbacv1.ClusterRoleBinding) { binding(&b.RoleRef, b.Subjects) }

func binding(ref *rbacv1.RoleRef, subjects []rbacv1.Subject) {
	word(&ref.APIGroup, rbacv1.GroupName)
	for i := range subjects {
		if subjects[i].Kind == rbacv1.UserKind || subjects[i].Kind == rbacv1.GroupKind {
			word(&subjects[i].APIGroup, rbacv1.GroupName)
		}
	}
}

// EndpointSlice fills an EndpointSlice.
func EndpointSlice(e *discoveryv1.EndpointSlice) {
	for i := range e.Ports {
		Set(&e.Ports[i].Name, "")
		Set(&e.Ports[i].Protocol, corev1.ProtocolTCP)
	}
}
