package validate

import (
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metavalidation "k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

func tolerations(path *field.Path, list []corev1.Toleration) errorList {
	var errs errorList
	for i, t := range list {
		at := path.Index(i)
		if t.Key != "" {
			errs = append(errs, metavalidation.ValidateLabelName(t.Key, at.Child("key"))...)
		} else if t.Operator != corev1.TolerationOpExists {
			errs = append(errs, field.Invalid(at.Child("operator"), t.Operator, "operator must be Exists when `key` is empty, which means \"match all values and all keys\""))
		}
		if t.TolerationSeconds != nil && t.Effect != corev1.TaintEffectNoExecute {
			errs = append(errs, field.Invalid(at.Child("effect"), t.Effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"))
		}
		switch t.Operator {
		case corev1.TolerationOpEqual, "":
			if messages := utilvalidation.IsValidLabelValue(t.Value); len(messages) > 0 {
				errs = append(errs, field.Invalid(at.Child("operator"), t.Value, strings.Join(messages, ";")))
			}
		case corev1.TolerationOpExists:
			if t.Value != "" {
				errs = append(errs, field.Invalid(at.Child("operator"), t, "value must be empty when `operator` is 'Exists'"))
			}
		default:
			errs = append(errs, field.NotSupported(at.Child("operator"), t.Operator, []corev1.TolerationOperator{corev1.TolerationOpEqual, corev1.TolerationOpExists}))
		}
		if t.Effect != "" {
			errs = append(errs, oneOf(at.Child("effect"), t.Effect, corev1.TaintEffectNoSchedule, corev1.TaintEffectPreferNoSchedule, corev1.TaintEffectNoExecute)...)
		}
	}
	return errs
}

func affinity(path *field.Path, a *corev1.Affinity) errorList {
	if a == nil {
		return nil
	}
	var errs errorList
	if n := a.NodeAffinity; n != nil {
		at := path.Child("nodeAffinity")
		if hard := n.RequiredDuringSchedulingIgnoredDuringExecution; hard != nil {
			here := at.Child("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
			if len(hard.NodeSelectorTerms) == 0 {
				errs = append(errs, field.Required(here, "must have at least one node selector term"))
			}
			for i, term := range hard.NodeSelectorTerms {
				errs = append(errs, nodeTerm(here.Index(i), term)...)
			}
		}
		for i, soft := range n.PreferredDuringSchedulingIgnoredDuringExecution {
			here := at.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i)
			errs = append(errs, weight(here, soft.Weight)...)
			errs = append(errs, nodeTerm(here.Child("preference"), soft.Preference)...)
		}
	}
	if p := a.PodAffinity; p != nil {
		errs = append(errs, podTerms(path.Child("podAffinity"), p.RequiredDuringSchedulingIgnoredDuringExecution, p.PreferredDuringSchedulingIgnoredDuringExecution)...)
	}
	if p := a.PodAntiAffinity; p != nil {
		errs = append(errs, podTerms(path.Child("podAntiAffinity"), p.RequiredDuringSchedulingIgnoredDuringExecution, p.PreferredDuringSchedulingIgnoredDuringExecution)...)
	}
	return errs
}

func weight(path *field.Path, value int32) errorList {
	if value < 1 || value > 100 {
		return errorList{field.Invalid(path.Child("weight"), value, "must be in the range 1-100")}
	}
	return nil
}

func nodeTerm(path *field.Path, term corev1.NodeSelectorTerm) errorList {
	var errs errorList
	for i, e := range term.MatchExpressions {
		at := path.Child("matchExpressions").Index(i)
		switch e.Operator {
		case corev1.NodeSelectorOpIn, corev1.NodeSelectorOpNotIn:
			if len(e.Values) == 0 {
				errs = append(errs, field.Required(at.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'"))
			}
		case corev1.NodeSelectorOpExists, corev1.NodeSelectorOpDoesNotExist:
			if len(e.Values) > 0 {
				errs = append(errs, field.Forbidden(at.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
			}
		case corev1.NodeSelectorOpGt, corev1.NodeSelectorOpLt:
			if len(e.Values) != 1 {
				errs = append(errs, field.Required(at.Child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'"))
			}
		default:
			errs = append(errs, field.Invalid(at.Child("operator"), e.Operator, "not a valid selector operator"))
		}
		errs = append(errs, metavalidation.ValidateLabelName(e.Key, at.Child("key"))...)
	}
	return errs
}

func podTerms(path *field.Path, hard []corev1.PodAffinityTerm, soft []corev1.WeightedPodAffinityTerm) errorList {
	var errs errorList
	term := func(at *field.Path, t corev1.PodAffinityTerm) {
		errs = append(errs, optionalSelector(at.Child("labelSelector"), t.LabelSelector)...)
		errs = append(errs, optionalSelector(at.Child("namespaceSelector"), t.NamespaceSelector)...)
		if t.TopologyKey == "" {
			errs = append(errs, field.Required(at.Child("topologyKey"), "can not be empty"))
		}
		errs = append(errs, metavalidation.ValidateLabelName(t.TopologyKey, at.Child("topologyKey"))...)
	}
	for i, t := range hard {
		term(path.Child("requiredDuringSchedulingIgnoredDuringExecution").Index(i), t)
	}
	for i, t := range soft {
		at := path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i)
		errs = append(errs, weight(at, t.Weight)...)
		term(at.Child("podAffinityTerm"), t.PodAffinityTerm)
	}
	return errs
}

// addedTolerations allows what a running Pod's tolerations may become.
func addedTolerations(path *field.Path, now, before []corev1.Toleration) errorList {
	for _, old := range before {
		old.TolerationSeconds = nil
		found := false
		for _, t := range now {
			t.TolerationSeconds = nil
			found = found || t == old
		}
		if !found {
			return errorList{field.Forbidden(path, "existing toleration can not be modified except its tolerationSeconds")}
		}
	}
	return tolerations(path, now)
}

var podUpdatable = fmt.Sprintf("pod updates may not change fields other than %s", strings.Join([]string{
	"`spec.containers[*].image`", "`spec.initContainers[*].image`", "`spec.activeDeadlineSeconds`",
	"`spec.tolerations` (only additions to existing tolerations)",
	"`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"}, ","))
