package validate

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

var (
	failureActions = []batchv1.PodFailurePolicyAction{
		batchv1.PodFailurePolicyActionCount, batchv1.PodFailurePolicyActionFailIndex, batchv1.PodFailurePolicyActionFailJob, batchv1.PodFailurePolicyActionIgnore}
	exitCodeOperators = []batchv1.PodFailurePolicyOnExitCodesOperator{batchv1.PodFailurePolicyOnExitCodesOpIn, batchv1.PodFailurePolicyOnExitCodesOpNotIn}
	conditionStatuses = []corev1.ConditionStatus{corev1.ConditionFalse, corev1.ConditionTrue, corev1.ConditionUnknown}
)

// choice is oneOf where the words for nothing name the choices.
func choice[T ~string](path *field.Path, value T, allowed []T) errorList {
	if value == "" {
		return errorList{field.Required(path, fmt.Sprintf("valid values: %q", allowed))}
	}
	return oneOf(path, value, allowed...)
}

func podFailurePolicy(path *field.Path, spec *batchv1.JobSpec) errorList {
	var errs errorList
	rules := spec.PodFailurePolicy.Rules
	if len(rules) > maxFailureRules {
		errs = append(errs, field.TooMany(path, len(rules), maxFailureRules))
	}
	var names []string
	for _, c := range slices.Concat(spec.Template.Spec.Containers, spec.Template.Spec.InitContainers) {
		names = append(names, c.Name)
	}
	for i := range rules {
		at, rule := path.Index(i), &rules[i]
		if rule.Action == batchv1.PodFailurePolicyActionFailIndex && spec.BackoffLimitPerIndex == nil {
			errs = append(errs, field.Invalid(at.Child("action"), rule.Action, "requires the backoffLimitPerIndex to be set"))
		}
		errs = append(errs, choice(at.Child("action"), rule.Action, failureActions)...)
		if rule.OnExitCodes != nil {
			errs = append(errs, onExitCodes(at.Child("onExitCodes"), rule.OnExitCodes, names)...)
		}
		errs = append(errs, onPodConditions(at.Child("onPodConditions"), rule.OnPodConditions)...)
		switch {
		case rule.OnExitCodes != nil && len(rule.OnPodConditions) > 0:
			errs = append(errs, field.Invalid(at, field.OmitValueType{}, "specifying both OnExitCodes and OnPodConditions is not supported"))
		case rule.OnExitCodes == nil && len(rule.OnPodConditions) == 0:
			errs = append(errs, field.Invalid(at, field.OmitValueType{}, "specifying one of OnExitCodes and OnPodConditions is required"))
		}
	}
	return errs
}

func onExitCodes(path *field.Path, codes *batchv1.PodFailurePolicyOnExitCodesRequirement, containers []string) errorList {
	errs := choice(path.Child("operator"), codes.Operator, exitCodeOperators)
	if codes.ContainerName != nil && !slices.Contains(containers, *codes.ContainerName) {
		errs = append(errs, field.Invalid(path.Child("containerName"), *codes.ContainerName, "must be one of the container or initContainer names in the pod template"))
	}
	at := path.Child("values")
	if len(codes.Values) == 0 {
		errs = append(errs, field.Invalid(at, codes.Values, "at least one value is required"))
	} else if len(codes.Values) > maxFailureExitCodes {
		errs = append(errs, field.TooMany(at, len(codes.Values), maxFailureExitCodes))
	}
	seen := map[int32]bool{}
	for i, value := range codes.Values {
		if value == 0 && codes.Operator == batchv1.PodFailurePolicyOnExitCodesOpIn {
			errs = append(errs, field.Invalid(at.Index(i), value, "must not be 0 for the In operator"))
		}
		if seen[value] {
			errs = append(errs, field.Duplicate(at.Index(i), value))
		}
		seen[value] = true
	}
	if !slices.IsSorted(codes.Values) {
		errs = append(errs, field.Invalid(at, codes.Values, "must be ordered"))
	}
	return errs
}

func onPodConditions(path *field.Path, patterns []batchv1.PodFailurePolicyOnPodConditionsPattern) errorList {
	var errs errorList
	if len(patterns) > maxFailureConditions {
		errs = append(errs, field.TooMany(path, len(patterns), maxFailureConditions))
	}
	for i, pattern := range patterns {
		errs = append(errs, reasons(path.Index(i).Child("type"), string(pattern.Type), utilvalidation.IsQualifiedName(string(pattern.Type)))...)
		errs = append(errs, choice(path.Index(i).Child("status"), pattern.Status, conditionStatuses)...)
	}
	return errs
}

func successPolicy(path *field.Path, spec *batchv1.JobSpec) errorList {
	var errs errorList
	rules := spec.SuccessPolicy.Rules
	if len(rules) == 0 {
		errs = append(errs, field.Required(path, "at least one rules must be specified when the successPolicy is specified"))
	}
	if len(rules) > maxSuccessRules {
		errs = append(errs, field.TooMany(path, len(rules), maxSuccessRules))
	}
	if spec.Completions == nil {
		return errs // said elsewhere
	}
	for i := range rules {
		errs = append(errs, successRule(path.Index(i), &rules[i], *spec.Completions)...)
	}
	return errs
}

func successRule(path *field.Path, rule *batchv1.SuccessPolicyRule, completions int32) errorList {
	if rule.SucceededCount == nil && rule.SucceededIndexes == nil {
		return errorList{field.Required(path, "at least one of succeededCount or succeededIndexes must be specified")}
	}
	var errs errorList
	var total int32
	if text := rule.SucceededIndexes; text != nil {
		at := path.Child("succeededIndexes")
		if len(*text) > maxSuccessIndexesLength {
			errs = append(errs, field.TooLong(at, *text, maxSuccessIndexesLength))
		}
		ranges, err := parseIndexes(*text, completions)
		if err != nil {
			errs = append(errs, field.Invalid(at, *text, "error parsing succeededIndexes: "+err.Error()))
		}
		for _, r := range ranges {
			total += r[1] - r[0] + 1
		}
	}
	if count := rule.SucceededCount; count != nil {
		at := path.Child("succeededCount")
		errs = append(errs, nonNegative(at, count)...)
		if *count > completions {
			errs = append(errs, field.Invalid(at, *count, fmt.Sprintf("must be less than or equal to %d (the number of specified completions)", completions)))
		}
		if rule.SucceededIndexes != nil && *count > total {
			errs = append(errs, field.Invalid(at, *count, fmt.Sprintf("must be less than or equal to %d (the number of indexes in the specified succeededIndexes field)", total)))
		}
	}
	return errs
}

// parseIndexes reads 1,3-5,7: increasing, below completions.
func parseIndexes(text string, completions int32) ([][2]int32, error) {
	if text == "" {
		return nil, nil
	}
	var ranges [][2]int32
	last := int32(-1)
	for part := range strings.SplitSeq(text, ",") {
		first, end, isRange := strings.Cut(part, "-")
		if strings.Contains(end, "-") {
			return nil, fmt.Errorf("the fragment %q violates the requirement that an index interval can have at most two parts separated by '-'", part)
		}
		from, err := parseIndex(first, completions)
		if err != nil {
			return nil, err
		}
		to := from
		if isRange {
			if to, err = parseIndex(end, completions); err != nil {
				return nil, err
			}
			if to <= from {
				return nil, fmt.Errorf("non-increasing order, previous: %d, current: %d", from, to)
			}
		}
		if last >= from {
			return nil, fmt.Errorf("non-increasing order, previous: %d, current: %d", last, from)
		}
		ranges, last = append(ranges, [2]int32{from, to}), to
	}
	return ranges, nil
}

func parseIndex(text string, completions int32) (int32, error) {
	value, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("cannot convert string to integer for index: %q", text)
	}
	if value >= int(completions) {
		return 0, fmt.Errorf("too large index: %q", text)
	}
	if value < 0 {
		return 0, errors.New("negative index")
	}
	return int32(value), nil
}
