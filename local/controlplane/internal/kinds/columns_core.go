package kinds

import (
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/sets"
)

var namespaceColumns = []column{
	text("Status", func(n *corev1.Namespace) string { return string(n.Status.Phase) }),
}

var configMapColumns = []column{
	number("Data", func(c *corev1.ConfigMap) int { return len(c.Data) + len(c.BinaryData) }),
}

var secretColumns = []column{
	text("Type", func(s *corev1.Secret) string { return string(s.Type) }),
	number("Data", func(s *corev1.Secret) int { return len(s.Data) }),
}

var serviceAccountColumns = []column{
	number("Secrets", func(s *corev1.ServiceAccount) int { return len(s.Secrets) }),
}

var nodeColumns = []column{
	text("Status", nodeStatus),
	text("Roles", nodeRoles),
	text("Version", func(n *corev1.Node) string { return n.Status.NodeInfo.KubeletVersion }),
	wide(text("Internal-IP", func(n *corev1.Node) string { return nodeAddress(n, corev1.NodeInternalIP) })),
	wide(text("External-IP", func(n *corev1.Node) string { return nodeAddress(n, corev1.NodeExternalIP) })),
	wide(text("OS-Image", func(n *corev1.Node) string { return orUnknown(n.Status.NodeInfo.OSImage) })),
	wide(text("Kernel-Version", func(n *corev1.Node) string { return orUnknown(n.Status.NodeInfo.KernelVersion) })),
	wide(text("Container-Runtime", func(n *corev1.Node) string { return orUnknown(n.Status.NodeInfo.ContainerRuntimeVersion) })),
}

func orUnknown(s string) string {
	if s == "" {
		return "<unknown>"
	}
	return s
}

func nodeStatus(n *corev1.Node) string {
	status := "Unknown"
	for _, c := range n.Status.Conditions {
		if c.Type == corev1.NodeReady {
			status = "NotReady"
			if c.Status == corev1.ConditionTrue {
				status = "Ready"
			}
		}
	}
	if n.Spec.Unschedulable {
		status += ",SchedulingDisabled"
	}
	return status
}

func nodeRoles(n *corev1.Node) string {
	roles := sets.New[string]()
	for label := range n.Labels {
		if role, ok := strings.CutPrefix(label, "node-role.kubernetes.io/"); ok && role != "" {
			roles.Insert(role)
		}
	}
	return join(sets.List(roles))
}

func nodeAddress(n *corev1.Node, kind corev1.NodeAddressType) string {
	i := slices.IndexFunc(n.Status.Addresses, func(a corev1.NodeAddress) bool { return a.Type == kind })
	if i < 0 {
		return "<none>"
	}
	return n.Status.Addresses[i].Address
}

var serviceColumns = []column{
	text("Type", func(s *corev1.Service) string {
		if s.Spec.Type == "" {
			return string(corev1.ServiceTypeClusterIP)
		}
		return string(s.Spec.Type)
	}),
	text("Cluster-IP", func(s *corev1.Service) string { return orNone(s.Spec.ClusterIP) }),
	text("External-IP", serviceExternal),
	text("Port(s)", servicePorts),
	wide(text("Selector", func(s *corev1.Service) string { return labelsText(s.Spec.Selector) })),
}

func serviceExternal(s *corev1.Service) string {
	if s.Spec.Type == corev1.ServiceTypeExternalName {
		return s.Spec.ExternalName
	}
	addresses := slices.Clone(s.Spec.ExternalIPs)
	for _, ingress := range s.Status.LoadBalancer.Ingress {
		addresses = append(addresses, ingress.IP+ingress.Hostname)
	}
	if len(addresses) == 0 && s.Spec.Type == corev1.ServiceTypeLoadBalancer {
		return "<pending>"
	}
	return join(addresses)
}

func servicePorts(s *corev1.Service) string {
	var ports []string
	for _, p := range s.Spec.Ports {
		protocol := p.Protocol
		if protocol == "" {
			protocol = corev1.ProtocolTCP
		}
		port := fmt.Sprint(p.Port)
		if p.NodePort > 0 {
			port += fmt.Sprintf(":%d", p.NodePort)
		}
		ports = append(ports, port+"/"+string(protocol))
	}
	return join(ports)
}

var endpointsColumns = []column{
	text("Endpoints", func(e *corev1.Endpoints) string {
		var found []string
		for _, subset := range e.Subsets {
			for _, address := range subset.Addresses {
				for _, port := range subset.Ports {
					found = append(found, fmt.Sprintf("%s:%d", address.IP, port.Port))
				}
			}
		}
		return join(found)
	}),
}

var claimColumns = []column{
	text("Status", func(c *corev1.PersistentVolumeClaim) string {
		if c.DeletionTimestamp != nil {
			return "Terminating"
		}
		return string(c.Status.Phase)
	}),
	text("Volume", func(c *corev1.PersistentVolumeClaim) string { return c.Spec.VolumeName }),
	text("Capacity", func(c *corev1.PersistentVolumeClaim) string {
		if q, ok := c.Status.Capacity[corev1.ResourceStorage]; ok {
			return q.String()
		}
		return ""
	}),
	text("Access Modes", func(c *corev1.PersistentVolumeClaim) string { return accessModes(c.Status.AccessModes) }),
	text("StorageClass", func(c *corev1.PersistentVolumeClaim) string { return valueOf(c.Spec.StorageClassName, "") }),
}

var volumeColumns = []column{
	text("Capacity", func(v *corev1.PersistentVolume) string { return v.Spec.Capacity.Storage().String() }),
	text("Access Modes", func(v *corev1.PersistentVolume) string { return accessModes(v.Spec.AccessModes) }),
	text("Reclaim Policy", func(v *corev1.PersistentVolume) string { return string(v.Spec.PersistentVolumeReclaimPolicy) }),
	text("Status", func(v *corev1.PersistentVolume) string { return string(v.Status.Phase) }),
	text("Claim", func(v *corev1.PersistentVolume) string {
		if v.Spec.ClaimRef == nil {
			return ""
		}
		return v.Spec.ClaimRef.Namespace + "/" + v.Spec.ClaimRef.Name
	}),
	text("StorageClass", func(v *corev1.PersistentVolume) string { return v.Spec.StorageClassName }),
}

func accessModes(modes []corev1.PersistentVolumeAccessMode) string {
	short := map[corev1.PersistentVolumeAccessMode]string{
		corev1.ReadWriteOnce: "RWO", corev1.ReadOnlyMany: "ROX", corev1.ReadWriteMany: "RWX", corev1.ReadWriteOncePod: "RWOP",
	}
	var out []string
	for _, m := range modes {
		out = append(out, short[m])
	}
	return strings.Join(out, ",")
}

var eventColumns = []column{
	text("Last Seen", func(e *corev1.Event) string { return age(lastSeen(e)) }),
	text("Type", func(e *corev1.Event) string { return e.Type }),
	text("Reason", func(e *corev1.Event) string { return e.Reason }),
	text("Object", func(e *corev1.Event) string {
		return strings.ToLower(e.InvolvedObject.Kind) + "/" + e.InvolvedObject.Name
	}),
	wide(text("Subobject", func(e *corev1.Event) string { return e.InvolvedObject.FieldPath })),
	wide(text("Source", func(e *corev1.Event) string {
		if e.Source.Component != "" {
			return strings.TrimSuffix(e.Source.Component+", "+e.Source.Host, ", ")
		}
		return strings.TrimSuffix(e.ReportingController+", "+e.ReportingInstance, ", ")
	})),
	text("Message", func(e *corev1.Event) string { return strings.TrimSpace(e.Message) }),
	wide(text("First Seen", func(e *corev1.Event) string {
		if e.FirstTimestamp.IsZero() {
			return age(metav1.NewTime(e.EventTime.Time))
		}
		return age(e.FirstTimestamp)
	})),
	wide(number("Count", func(e *corev1.Event) int {
		if e.Series != nil {
			return int(e.Series.Count)
		}
		return max(1, int(e.Count))
	})),
	wide(text("Name", func(e *corev1.Event) string { return e.Name })),
}

func lastSeen(e *corev1.Event) metav1.Time {
	switch {
	case e.Series != nil:
		return metav1.NewTime(e.Series.LastObservedTime.Time)
	case !e.LastTimestamp.IsZero():
		return e.LastTimestamp
	case !e.FirstTimestamp.IsZero():
		return e.FirstTimestamp
	}
	return metav1.NewTime(e.EventTime.Time)
}
