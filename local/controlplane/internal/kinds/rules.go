package kinds

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// What becomes of single kinds on their way in; their rules are in package validate.

func prepareSecret(_ context.Context, object runtime.Object) {
	secret := object.(*corev1.Secret)
	if len(secret.StringData) == 0 {
		return
	}
	// stringData is for writing only.
	if secret.Data == nil {
		secret.Data = map[string][]byte{}
	}
	for name, value := range secret.StringData {
		secret.Data[name] = []byte(value)
	}
	secret.StringData = nil
}

func prepareSecretUpdate(ctx context.Context, object, _ runtime.Object) { prepareSecret(ctx, object) }

func prepareClaim(_ context.Context, object runtime.Object) {
	object.(*corev1.PersistentVolumeClaim).Status.Phase = corev1.ClaimPending
}

func prepareVolume(_ context.Context, object runtime.Object) {
	object.(*corev1.PersistentVolume).Status.Phase = corev1.VolumePending
}

// prepareService keeps the address under both its names.
func prepareService(_ context.Context, object runtime.Object) {
	spec := &object.(*corev1.Service).Spec
	switch {
	case spec.Type == corev1.ServiceTypeExternalName:
		return
	case spec.ClusterIP != "" && len(spec.ClusterIPs) == 0:
		spec.ClusterIPs = []string{spec.ClusterIP}
	case spec.ClusterIP == "" && len(spec.ClusterIPs) > 0:
		spec.ClusterIP = spec.ClusterIPs[0]
	}
	if spec.IPFamilyPolicy == nil {
		single := corev1.IPFamilyPolicySingleStack
		spec.IPFamilyPolicy = &single
	}
	if len(spec.IPFamilies) == 0 {
		spec.IPFamilies = []corev1.IPFamily{corev1.IPv4Protocol}
	}
}

// prepareServiceUpdate lets whoever does not speak of the address keep it.
func prepareServiceUpdate(ctx context.Context, object, old runtime.Object) {
	now, was := &object.(*corev1.Service).Spec, &old.(*corev1.Service).Spec
	if now.Type != corev1.ServiceTypeExternalName && now.ClusterIP == "" && len(now.ClusterIPs) == 0 {
		now.ClusterIP, now.ClusterIPs = was.ClusterIP, was.ClusterIPs
	}
	prepareService(ctx, object)
}
