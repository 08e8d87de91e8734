package validate

import (
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/api/validation"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

func containerResources(path *field.Path, r corev1.ResourceRequirements) errorList {
	var errs errorList
	for _, name := range sortedKeys(r.Limits) {
		errs = append(errs, containerResource(path.Child("limits").Key(string(name)), name, r.Limits[name])...)
	}
	for _, name := range sortedKeys(r.Requests) {
		wanted := r.Requests[name]
		errs = append(errs, containerResource(path.Child("requests").Key(string(name)), name, wanted)...)
		limit, limited := r.Limits[name]
		switch {
		case !limited && !overcommits(name):
			errs = append(errs, field.Required(path.Child("limits"), "Limit must be set for non overcommitable resources"))
		case !limited:
		case wanted.Cmp(limit) != 0 && !overcommits(name):
			errs = append(errs, field.Invalid(path.Child("requests"), wanted.String(), fmt.Sprintf("must be equal to %s limit of %s", name, limit.String())))
		case wanted.Cmp(limit) > 0:
			errs = append(errs, field.Invalid(path.Child("requests"), wanted.String(), fmt.Sprintf("must be less than or equal to %s limit of %s", name, limit.String())))
		}
	}
	return errs
}

func containerResource(path *field.Path, name corev1.ResourceName, quantity resource.Quantity) errorList {
	errs := reasons(path, string(name), utilvalidation.IsQualifiedName(string(name)))
	if len(errs) == 0 && !strings.Contains(string(name), "/") && !standardForContainers(name) {
		errs = append(errs, field.Invalid(path, string(name), "must be a standard resource for containers"))
	}
	errs = append(errs, nonNegativeQuantity(path, quantity)...)
	if strings.Contains(string(name), "/") && quantity.MilliValue()%1000 != 0 {
		errs = append(errs, field.Invalid(path, quantity.String(), "must be an integer"))
	}
	return errs
}

func nonNegativeQuantity(path *field.Path, quantity resource.Quantity) errorList {
	if quantity.Sign() < 0 {
		return errorList{field.Invalid(path, quantity.String(), validation.IsNegativeErrorMsg)}
	}
	return nil
}

func standardForContainers(name corev1.ResourceName) bool {
	switch name {
	case corev1.ResourceCPU, corev1.ResourceMemory, corev1.ResourceEphemeralStorage:
		return true
	}
	return strings.HasPrefix(string(name), corev1.ResourceHugePagesPrefix)
}

// overcommits says whether a limit may be above the request: not for what is
// handed out in pieces.
func overcommits(name corev1.ResourceName) bool {
	native := !strings.Contains(string(name), "/") || strings.Contains(string(name), corev1.ResourceDefaultNamespacePrefix)
	return native && !strings.HasPrefix(string(name), corev1.ResourceHugePagesPrefix)
}
