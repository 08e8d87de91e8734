// Package validate holds the rules that a real kube-apiserver has for the specs
// of built-in kinds, in its words. Rules of metadata are the library's.
//
// Every function takes a defaulted object: see package defaults.
package validate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	metavalidation "k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

type errorList = field.ErrorList

var (
	specPath   = field.NewPath("spec")
	statusPath = field.NewPath("status")
)

// reasons turns what a checker of a single value says into errors of its field.
func reasons(path *field.Path, value any, messages []string) errorList {
	var errs errorList
	for _, message := range messages {
		errs = append(errs, field.Invalid(path, value, message))
	}
	return errs
}

// nonNegative checks an optional number.
func nonNegative[T int32 | int64](path *field.Path, value *T) errorList {
	if value == nil {
		return nil
	}
	return validation.ValidateNonnegativeField(int64(*value), path)
}

// oneOf checks a required value of a closed set.
func oneOf[T ~string](path *field.Path, value T, allowed ...T) errorList {
	switch {
	case value == "":
		return errorList{field.Required(path, "")}
	case !slices.Contains(allowed, value):
		return errorList{field.NotSupported(path, value, allowed)}
	}
	return nil
}

// optionalOneOf is oneOf where nothing may be said.
func optionalOneOf[T ~string](path *field.Path, value *T, allowed ...T) errorList {
	if value == nil || slices.Contains(allowed, *value) {
		return nil
	}
	return errorList{field.NotSupported(path, *value, allowed)}
}

func required(path *field.Path, value string) errorList {
	if value == "" {
		return errorList{field.Required(path, "")}
	}
	return nil
}

// label checks a required DNS label.
func label(path *field.Path, value string) errorList {
	if value == "" {
		return errorList{field.Required(path, "")}
	}
	return reasons(path, value, utilvalidation.IsDNS1123Label(value))
}

// portOrName checks a port that may be a container port's name.
func portOrName(path *field.Path, port intstr.IntOrString) errorList {
	if port.Type == intstr.String {
		return reasons(path, port.StrVal, utilvalidation.IsValidPortName(port.StrVal))
	}
	return reasons(path, port.IntValue(), utilvalidation.IsValidPortNum(port.IntValue()))
}

// share checks a count or a percentage.
func share(path *field.Path, value *intstr.IntOrString) errorList {
	if value == nil {
		return nil
	}
	if value.Type == intstr.String {
		return reasons(path, value, utilvalidation.IsValidPercent(value.StrVal))
	}
	return validation.ValidateNonnegativeField(int64(value.IntVal), path)
}

// atMostAll checks that a percentage is not above 100.
func atMostAll(path *field.Path, value *intstr.IntOrString) errorList {
	if value == nil || value.Type != intstr.String || len(utilvalidation.IsValidPercent(value.StrVal)) > 0 {
		return nil
	}
	if percent, err := intstr.GetScaledValueFromIntOrPercent(value, 100, true); err == nil && percent > 100 {
		return errorList{field.Invalid(path, value, "must not be greater than 100%")}
	}
	return nil
}

// isZero says whether a count or percentage is nothing.
func isZero(value *intstr.IntOrString) bool {
	return value == nil || (value.Type == intstr.Int && value.IntVal == 0) || (value.Type == intstr.String && value.StrVal == "0%")
}

// workloadSelector is the rule of Deployments and ReplicaSets: a selector is
// needed, is not empty and matches the template's labels.
func workloadSelector(selector *metav1.LabelSelector, templateLabels map[string]string, kind string) errorList {
	path := specPath.Child("selector")
	if selector == nil {
		return append(errorList{field.Required(path, "")}, unmatched(labels.Nothing(), templateLabels)...)
	}
	errs := metavalidation.ValidateLabelSelector(selector, metavalidation.LabelSelectorValidationOptions{}, path)
	if len(selector.MatchLabels)+len(selector.MatchExpressions) == 0 {
		errs = append(errs, field.Invalid(path, selector, fmt.Sprintf("empty selector is invalid for %s", kind)))
	}
	compiled, err := metav1.LabelSelectorAsSelector(selector)
	if err != nil {
		return append(errs, field.Invalid(path, selector, "invalid label selector"))
	}
	return append(errs, unmatched(compiled, templateLabels)...)
}

func unmatched(selector labels.Selector, templateLabels map[string]string) errorList {
	if selector.Empty() || selector.Matches(labels.Set(templateLabels)) {
		return nil
	}
	return errorList{field.Invalid(specPath.Child("template", "metadata", "labels"), templateLabels, "`selector` does not match template `labels`")}
}

func optionalSelector(path *field.Path, selector *metav1.LabelSelector) errorList {
	if selector == nil {
		return nil
	}
	return metavalidation.ValidateLabelSelector(selector, metavalidation.LabelSelectorValidationOptions{}, path)
}

// sortedKeys makes errors come in the same order every time.
func sortedKeys[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// serviceAccountName checks a name that a ServiceAccount may have.
func serviceAccountName(path *field.Path, name string) errorList {
	if name == "" {
		return nil
	}
	return reasons(path, name, validation.ValidateServiceAccountName(name, false))
}

// insideDirectory checks a path that must stay below a folder.
func insideDirectory(path *field.Path, value string) errorList {
	if strings.HasPrefix(value, "/") {
		return errorList{field.Invalid(path, value, "must be a relative path")}
	}
	if slices.Contains(strings.Split(value, "/"), "..") {
		return errorList{field.Invalid(path, value, "must not contain '..'")}
	}
	return nil
}

// projectedPath is insideDirectory for files that the kubelet writes: names
// that begin with .. are its own.
func projectedPath(path *field.Path, value string) errorList {
	errs := insideDirectory(path, value)
	if strings.HasPrefix(value, "..") && !strings.HasPrefix(value, "../") {
		errs = append(errs, field.Invalid(path, value, "must not start with '..'"))
	}
	return errs
}
