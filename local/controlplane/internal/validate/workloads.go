package validate

import (
	"k8s.io/apimachinery/pkg/api/validation"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Deployment checks a Deployment, new or changed.
func Deployment(d *appsv1.Deployment) errorList {
	spec := &d.Spec
	errs := nonNegative(specPath.Child("replicas"), spec.Replicas)
	errs = append(errs, workloadSelector(spec.Selector, spec.Template.Labels, "deployment")...)
	errs = append(errs, workloadTemplate(&spec.Template)...)
	errs = append(errs, deploymentStrategy(specPath.Child("strategy"), &spec.Strategy)...)
	errs = append(errs, nonNegative(specPath.Child("minReadySeconds"), &spec.MinReadySeconds)...)
	errs = append(errs, nonNegative(specPath.Child("revisionHistoryLimit"), spec.RevisionHistoryLimit)...)
	errs = append(errs, nonNegative(specPath.Child("progressDeadlineSeconds"), spec.ProgressDeadlineSeconds)...)
	if deadline := spec.ProgressDeadlineSeconds; deadline != nil && *deadline <= spec.MinReadySeconds {
		errs = append(errs, field.Invalid(specPath.Child("progressDeadlineSeconds"), *deadline, "must be greater than minReadySeconds"))
	}
	return errs
}

// DeploymentUpdate checks a changed Deployment.
func DeploymentUpdate(d, old *appsv1.Deployment) errorList {
	return append(Deployment(d), validation.ValidateImmutableField(d.Spec.Selector, old.Spec.Selector, specPath.Child("selector"))...)
}

// DeploymentStatusUpdate checks a Deployment's counters.
func DeploymentStatusUpdate(d, old *appsv1.Deployment) errorList {
	s := &d.Status
	errs := counters(map[string]int32{"replicas": s.Replicas, "updatedReplicas": s.UpdatedReplicas, "readyReplicas": s.ReadyReplicas,
		"availableReplicas": s.AvailableReplicas, "unavailableReplicas": s.UnavailableReplicas})
	errs = append(errs, nonNegative(statusPath.Child("observedGeneration"), &s.ObservedGeneration)...)
	errs = append(errs, nonNegative(statusPath.Child("collisionCount"), s.CollisionCount)...)
	errs = append(errs, within("updatedReplicas", s.UpdatedReplicas, s.Replicas, "status.replicas")...)
	errs = append(errs, within("readyReplicas", s.ReadyReplicas, s.Replicas, "status.replicas")...)
	errs = append(errs, within("availableReplicas", s.AvailableReplicas, s.Replicas, "status.replicas")...)
	errs = append(errs, within("availableReplicas", s.AvailableReplicas, s.ReadyReplicas, "readyReplicas")...)
	if was := old.Status.CollisionCount; was != nil && (s.CollisionCount == nil || *s.CollisionCount < *was) {
		errs = append(errs, field.Invalid(statusPath.Child("collisionCount"), s.CollisionCount, "cannot be decremented"))
	}
	return errs
}

// ReplicaSet checks a ReplicaSet, new or changed.
func ReplicaSet(r *appsv1.ReplicaSet) errorList {
	errs := nonNegative(specPath.Child("replicas"), r.Spec.Replicas)
	errs = append(errs, nonNegative(specPath.Child("minReadySeconds"), &r.Spec.MinReadySeconds)...)
	errs = append(errs, workloadSelector(r.Spec.Selector, r.Spec.Template.Labels, "deployment")...)
	return append(errs, workloadTemplate(&r.Spec.Template)...)
}

// ReplicaSetUpdate checks a changed ReplicaSet.
func ReplicaSetUpdate(r, old *appsv1.ReplicaSet) errorList {
	return append(ReplicaSet(r), validation.ValidateImmutableField(r.Spec.Selector, old.Spec.Selector, specPath.Child("selector"))...)
}

// ReplicaSetStatusUpdate checks a ReplicaSet's counters.
func ReplicaSetStatusUpdate(r, _ *appsv1.ReplicaSet) errorList {
	s := &r.Status
	errs := counters(map[string]int32{"replicas": s.Replicas, "fullyLabeledReplicas": s.FullyLabeledReplicas, "readyReplicas": s.ReadyReplicas, "availableReplicas": s.AvailableReplicas})
	errs = append(errs, nonNegative(statusPath.Child("observedGeneration"), &s.ObservedGeneration)...)
	errs = append(errs, within("fullyLabeledReplicas", s.FullyLabeledReplicas, s.Replicas, "status.replicas")...)
	errs = append(errs, within("readyReplicas", s.ReadyReplicas, s.Replicas, "status.replicas")...)
	errs = append(errs, within("availableReplicas", s.AvailableReplicas, s.Replicas, "status.replicas")...)
	return append(errs, within("availableReplicas", s.AvailableReplicas, s.ReadyReplicas, "readyReplicas")...)
}

// ControllerRevision checks a ControllerRevision, new or changed.
func ControllerRevision(r *appsv1.ControllerRevision) errorList {
	var errs errorList
	if r.Data.Object == nil && len(r.Data.Raw) == 0 {
		errs = append(errs, field.Required(field.NewPath("data"), "data is mandatory"))
	}
	return append(errs, nonNegative(field.NewPath("revision"), &r.Revision)...)
}

// ControllerRevisionUpdate keeps what a revision remembers.
func ControllerRevisionUpdate(r, old *appsv1.ControllerRevision) errorList {
	return append(ControllerRevision(r), validation.ValidateImmutableField(r.Data, old.Data, field.NewPath("data"))...)
}

func counters(values map[string]int32) errorList {
	var errs errorList
	for _, name := range sortedKeys(values) {
		value := values[name]
		errs = append(errs, nonNegative(statusPath.Child(name), &value)...)
	}
	return errs
}

func within(name string, value, limit int32, of string) errorList {
	if value > limit {
		return errorList{field.Invalid(statusPath.Child(name), value, "cannot be greater than "+of)}
	}
	return nil
}

// workloadTemplate is podTemplate for Pods that are to run for ever.
func workloadTemplate(t *corev1.PodTemplateSpec) errorList {
	path := specPath.Child("template")
	errs := podTemplate(path, t)
	if policy := t.Spec.RestartPolicy; policy != corev1.RestartPolicyAlways {
		errs = append(errs, field.NotSupported(path.Child("spec", "restartPolicy"), policy, []corev1.RestartPolicy{corev1.RestartPolicyAlways}))
	}
	if t.Spec.ActiveDeadlineSeconds != nil {
		errs = append(errs, field.Forbidden(path.Child("spec", "activeDeadlineSeconds"), "activeDeadlineSeconds in ReplicaSet is not Supported"))
	}
	return errs
}

func deploymentStrategy(path *field.Path, s *appsv1.DeploymentStrategy) errorList {
	rolling := path.Child("rollingUpdate")
	switch s.Type {
	case appsv1.RecreateDeploymentStrategyType:
		if s.RollingUpdate != nil {
			return errorList{field.Forbidden(rolling, "may not be specified when strategy `type` is 'Recreate'")}
		}
		return nil
	case appsv1.RollingUpdateDeploymentStrategyType:
	default:
		return errorList{field.NotSupported(path.Child("type"), s.Type, []appsv1.DeploymentStrategyType{appsv1.RecreateDeploymentStrategyType, appsv1.RollingUpdateDeploymentStrategyType})}
	}
	if s.RollingUpdate == nil {
		return errorList{field.Required(rolling, "this should be defaulted and never be nil")}
	}
	surge, unavailable := s.RollingUpdate.MaxSurge, s.RollingUpdate.MaxUnavailable
	errs := share(rolling.Child("maxUnavailable"), unavailable)
	errs = append(errs, share(rolling.Child("maxSurge"), surge)...)
	if isZero(unavailable) && isZero(surge) {
		errs = append(errs, field.Invalid(rolling.Child("maxUnavailable"), unavailable, "may not be 0 when `maxSurge` is 0"))
	}
	return append(errs, atMostAll(rolling.Child("maxUnavailable"), unavailable)...)
}
