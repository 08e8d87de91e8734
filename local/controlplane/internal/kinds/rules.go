package kinds

import (
	"context"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Rules of single kinds that clients rely on even without full validation.

func prepareSecret(_ context.Context, object runtime.Object) {
	secret := object.(*corev1.Secret)
	if secret.Type == "" {
		secret.Type = corev1.SecretTypeOpaque
	}
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

func prepareSecretUpdate(ctx context.Context, object, old runtime.Object) {
	secret := object.(*corev1.Secret)
	if secret.Type == "" {
		secret.Type = old.(*corev1.Secret).Type
	}
	prepareSecret(ctx, object)
}

func secretImmutable(object, old runtime.Object) field.ErrorList {
	secret, was := object.(*corev1.Secret), old.(*corev1.Secret)
	errs := validation.ValidateImmutableField(secret.Type, was.Type, field.NewPath("type"))
	same := equality.Semantic.DeepEqual(secret.Data, was.Data)
	return append(errs, frozen(secret.Immutable, was.Immutable, same)...)
}

func configMapImmutable(object, old runtime.Object) field.ErrorList {
	cm, was := object.(*corev1.ConfigMap), old.(*corev1.ConfigMap)
	same := equality.Semantic.DeepEqual(cm.Data, was.Data) && equality.Semantic.DeepEqual(cm.BinaryData, was.BinaryData)
	return frozen(cm.Immutable, was.Immutable, same)
}

// frozen is the rule of an immutable ConfigMap or Secret.
func frozen(now, before *bool, sameData bool) field.ErrorList {
	if before == nil || !*before {
		return nil
	}
	var errs field.ErrorList
	if now == nil || !*now {
		errs = append(errs, field.Forbidden(field.NewPath("immutable"), "field is immutable when `immutable` is set"))
	}
	if !sameData {
		errs = append(errs, field.Forbidden(field.NewPath("data"), "field is immutable when `immutable` is set"))
	}
	return errs
}

func revisionImmutable(object, old runtime.Object) field.ErrorList {
	return validation.ValidateImmutableField(object.(*appsv1.ControllerRevision).Data, old.(*appsv1.ControllerRevision).Data, field.NewPath("data"))
}

func roleRefImmutable(object, old runtime.Object) field.ErrorList {
	ref := func(o runtime.Object) rbacv1.RoleRef {
		if b, ok := o.(*rbacv1.ClusterRoleBinding); ok {
			return b.RoleRef
		}
		return o.(*rbacv1.RoleBinding).RoleRef
	}
	if ref(object) != ref(old) {
		return field.ErrorList{field.Invalid(field.NewPath("roleRef"), ref(object), "cannot change roleRef")}
	}
	return nil
}

func prepareClaim(_ context.Context, object runtime.Object) {
	object.(*corev1.PersistentVolumeClaim).Status.Phase = corev1.ClaimPending
}

func prepareVolume(_ context.Context, object runtime.Object) {
	object.(*corev1.PersistentVolume).Status.Phase = corev1.VolumePending
}
