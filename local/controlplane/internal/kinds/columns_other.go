package kinds

import (
	"fmt"
	"time"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	coordinationv1 "k8s.io/api/coordination/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

var leaseColumns = []column{
	text("Holder", func(l *coordinationv1.Lease) string { return valueOf(l.Spec.HolderIdentity, "") }),
}

var endpointSliceColumns = []column{
	text("AddressType", func(s *discoveryv1.EndpointSlice) string { return string(s.AddressType) }),
	text("Ports", func(s *discoveryv1.EndpointSlice) string {
		var ports []string
		for _, p := range s.Ports {
			if p.Port != nil {
				ports = append(ports, fmt.Sprint(*p.Port))
			}
		}
		return join(ports)
	}),
	text("Endpoints", func(s *discoveryv1.EndpointSlice) string {
		var addresses []string
		for _, e := range s.Endpoints {
			addresses = append(addresses, e.Addresses...)
		}
		return join(addresses)
	}),
}

var networkPolicyColumns = []column{
	text("Pod-Selector", func(p *networkingv1.NetworkPolicy) string { return selectorText(&p.Spec.PodSelector) }),
}

var ingressColumns = []column{
	text("Class", func(i *networkingv1.Ingress) string { return orNone(valueOf(i.Spec.IngressClassName, "")) }),
	text("Hosts", func(i *networkingv1.Ingress) string {
		var hosts []string
		for _, rule := range i.Spec.Rules {
			if rule.Host != "" {
				hosts = append(hosts, rule.Host)
			}
		}
		if len(hosts) == 0 {
			return "*"
		}
		return join(hosts)
	}),
}

// createdAtColumns stand in Age's place for kinds that print when, not how long ago.
var createdAtColumns = []column{{name: "Created At", kind: "date", cell: func(o runtime.Object) any {
	return metaOf(o).GetCreationTimestamp().UTC().Format(time.RFC3339)
}}}

var roleBindingColumns = []column{
	text("Role", func(b *rbacv1.RoleBinding) string { return b.RoleRef.Kind + "/" + b.RoleRef.Name }),
}

var clusterRoleBindingColumns = []column{
	text("Role", func(b *rbacv1.ClusterRoleBinding) string { return b.RoleRef.Kind + "/" + b.RoleRef.Name }),
}

var validatingWebhookColumns = []column{
	number("Webhooks", func(c *admissionv1.ValidatingWebhookConfiguration) int { return len(c.Webhooks) }),
}

var mutatingWebhookColumns = []column{
	number("Webhooks", func(c *admissionv1.MutatingWebhookConfiguration) int { return len(c.Webhooks) }),
}
