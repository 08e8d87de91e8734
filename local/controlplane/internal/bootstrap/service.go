package bootstrap

import (
	"fmt"
	"net/netip"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

const defaultServiceRange = "10.0.0.0/24"

// KubernetesService is the Service that a real kube-apiserver makes for itself:
// the first address of the range. As with --endpoint-reconciler-type=none, who
// runs the cluster says where it leads.
func KubernetesService(serviceRange string, securePort int) (*corev1.Service, error) {
	if serviceRange == "" {
		serviceRange = defaultServiceRange
	}
	prefix, err := netip.ParsePrefix(serviceRange)
	if err != nil {
		return nil, fmt.Errorf("--service-cluster-ip-range: %w", err)
	}
	return &corev1.Service{
		ObjectMeta: metav1.ObjectMeta{Name: "kubernetes", Labels: map[string]string{"component": "apiserver", "provider": "kubernetes"}},
		Spec: corev1.ServiceSpec{
			ClusterIP: prefix.Masked().Addr().Next().String(),
			Ports:     []corev1.ServicePort{{Name: "https", Port: 443, TargetPort: intstr.FromInt(securePort)}},
		},
	}, nil
}
