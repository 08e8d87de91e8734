package validate

import (
	"fmt"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

const (
	maxIndexedParallelism   = 100_000
	maxFailedIndexes        = 100_000
	manyCompletions         = 100_000
	maxParallelismOfMany    = 10_000
	maxFailedIndexesOfMany  = 10_000
	maxManagedByLength      = 63
	maxFailureRules         = 20
	maxFailureConditions    = 20
	maxFailureExitCodes     = 255
	maxSuccessRules         = 20
	maxSuccessIndexesLength = 64 * 1024
)

// Job checks a new Job that has its selector.
func Job(job *batchv1.Job) errorList {
	errs := generatedSelector(job)
	errs = append(errs, jobSpec(&job.Spec)...)
	if isIndexed(&job.Spec) && job.Spec.Completions != nil && *job.Spec.Completions > 0 {
		hostname := fmt.Sprintf("%s-%d", job.Name, *job.Spec.Completions-1)
		if len(utilvalidation.IsDNS1123Label(hostname)) > 0 {
			errs = append(errs, field.Invalid(field.NewPath("metadata", "name"), job.Name, "will not able to create pod with invalid DNS label: "+hostname))
		}
	}
	return errs
}

// JobUpdate checks what may change of a Job, and the result.
func JobUpdate(job, old *batchv1.Job) errorList {
	now, before := &job.Spec, &old.Spec
	errs := Job(job)
	errs = append(errs, completionsUpdate(now, before)...)
	errs = append(errs, validation.ValidateImmutableField(now.Selector, before.Selector, specPath.Child("selector"))...)
	errs = append(errs, jobTemplateUpdate(now, old)...)
	errs = append(errs, validation.ValidateImmutableField(now.CompletionMode, before.CompletionMode, specPath.Child("completionMode"))...)
	errs = append(errs, validation.ValidateImmutableField(now.PodFailurePolicy, before.PodFailurePolicy, specPath.Child("podFailurePolicy"))...)
	errs = append(errs, validation.ValidateImmutableField(now.BackoffLimitPerIndex, before.BackoffLimitPerIndex, specPath.Child("backoffLimitPerIndex"))...)
	errs = append(errs, validation.ValidateImmutableField(now.ManagedBy, before.ManagedBy, specPath.Child("managedBy"))...)
	return append(errs, validation.ValidateImmutableField(now.SuccessPolicy, before.SuccessPolicy, specPath.Child("successPolicy"))...)
}

func isIndexed(spec *batchv1.JobSpec) bool {
	return spec.CompletionMode != nil && *spec.CompletionMode == batchv1.IndexedCompletion
}

// generatedSelector checks that nobody put other values where the server's own belong.
func generatedSelector(job *batchv1.Job) errorList {
	if (job.Spec.ManualSelector != nil && *job.Spec.ManualSelector) || job.Spec.Selector == nil {
		return nil
	}
	own := labels.Set{
		"controller-uid": string(job.UID), "job-name": job.Name,
		batchv1.ControllerUidLabel: string(job.UID), batchv1.JobNameLabel: job.Name,
	}
	var errs errorList
	for _, key := range sortedKeys(own) {
		at := specPath.Child("template", "metadata", "labels").Key(key)
		switch value, found := job.Spec.Template.Labels[key]; {
		case !found:
			errs = append(errs, field.Required(at, fmt.Sprintf("must be '%s'", own[key])))
		case value != own[key]:
			errs = append(errs, field.Invalid(at, job.Spec.Template.Labels, fmt.Sprintf("must be '%s'", own[key])))
		}
	}
	if selector, err := metav1.LabelSelectorAsSelector(job.Spec.Selector); err == nil && !selector.Matches(own) {
		errs = append(errs, field.Invalid(specPath.Child("selector"), job.Spec.Selector, "`selector` not auto-generated"))
	}
	return errs
}

func jobSpec(spec *batchv1.JobSpec) errorList {
	errs := jobNumbers(spec)
	errs = append(errs, indexes(spec)...)
	if spec.PodFailurePolicy != nil {
		errs = append(errs, podFailurePolicy(specPath.Child("podFailurePolicy", "rules"), spec)...)
	}
	if spec.SuccessPolicy != nil {
		if isIndexed(spec) {
			errs = append(errs, successPolicy(specPath.Child("successPolicy", "rules"), spec)...)
		} else {
			errs = append(errs, field.Invalid(specPath.Child("successPolicy"), *spec.SuccessPolicy, "requires indexed completion mode"))
		}
	}
	if spec.PodReplacementPolicy != nil {
		allowed := []batchv1.PodReplacementPolicy{batchv1.Failed, batchv1.TerminatingOrFailed}
		if spec.PodFailurePolicy != nil {
			allowed = allowed[:1]
		}
		errs = append(errs, optionalOneOf(specPath.Child("podReplacementPolicy"), spec.PodReplacementPolicy, allowed...)...)
	}
	errs = append(errs, podTemplate(specPath.Child("template"), &spec.Template)...)
	errs = append(errs, jobRestartPolicy(spec)...)
	if spec.Selector == nil {
		return append(errs, field.Required(specPath.Child("selector"), ""))
	}
	errs = append(errs, optionalSelector(specPath.Child("selector"), spec.Selector)...)
	if selector, err := metav1.LabelSelectorAsSelector(spec.Selector); err == nil && !selector.Matches(labels.Set(spec.Template.Labels)) {
		errs = append(errs, field.Invalid(specPath.Child("template", "metadata", "labels"), spec.Template.Labels, "`selector` does not match template `labels`"))
	}
	return errs
}

func jobNumbers(spec *batchv1.JobSpec) errorList {
	errs := nonNegative(specPath.Child("parallelism"), spec.Parallelism)
	errs = append(errs, nonNegative(specPath.Child("completions"), spec.Completions)...)
	errs = append(errs, nonNegative(specPath.Child("activeDeadlineSeconds"), spec.ActiveDeadlineSeconds)...)
	errs = append(errs, nonNegative(specPath.Child("backoffLimit"), spec.BackoffLimit)...)
	errs = append(errs, nonNegative(specPath.Child("ttlSecondsAfterFinished"), spec.TTLSecondsAfterFinished)...)
	errs = append(errs, nonNegative(specPath.Child("backoffLimitPerIndex"), spec.BackoffLimitPerIndex)...)
	errs = append(errs, nonNegative(specPath.Child("maxFailedIndexes"), spec.MaxFailedIndexes)...)
	if spec.MaxFailedIndexes != nil && spec.BackoffLimitPerIndex == nil {
		errs = append(errs, field.Required(specPath.Child("backoffLimitPerIndex"), "when maxFailedIndexes is specified"))
	}
	if spec.ManagedBy != nil {
		at := specPath.Child("managedBy")
		errs = append(errs, utilvalidation.IsDomainPrefixedPath(at, *spec.ManagedBy)...)
		if len(*spec.ManagedBy) > maxManagedByLength {
			errs = append(errs, field.TooLong(at, *spec.ManagedBy, maxManagedByLength))
		}
	}
	return errs
}

func indexes(spec *batchv1.JobSpec) errorList {
	errs := optionalOneOf(specPath.Child("completionMode"), spec.CompletionMode, batchv1.NonIndexedCompletion, batchv1.IndexedCompletion)
	failed, parallelism := specPath.Child("maxFailedIndexes"), specPath.Child("parallelism")
	if !isIndexed(spec) {
		if spec.BackoffLimitPerIndex != nil {
			errs = append(errs, field.Invalid(specPath.Child("backoffLimitPerIndex"), *spec.BackoffLimitPerIndex, "requires indexed completion mode"))
		}
		if spec.MaxFailedIndexes != nil {
			errs = append(errs, field.Invalid(failed, *spec.MaxFailedIndexes, "requires indexed completion mode"))
		}
		return errs
	}
	if spec.Parallelism != nil && *spec.Parallelism > maxIndexedParallelism {
		errs = append(errs, field.Invalid(parallelism, *spec.Parallelism, fmt.Sprintf("must be less than or equal to %d when completion mode is Indexed", maxIndexedParallelism)))
	}
	if spec.MaxFailedIndexes != nil && *spec.MaxFailedIndexes > maxFailedIndexes {
		errs = append(errs, field.Invalid(failed, *spec.MaxFailedIndexes, fmt.Sprintf("must be less than or equal to %d", maxFailedIndexes)))
	}
	if spec.Completions == nil {
		return append(errs, field.Required(specPath.Child("completions"), "when completion mode is Indexed"))
	}
	if spec.MaxFailedIndexes != nil && *spec.MaxFailedIndexes > *spec.Completions {
		errs = append(errs, field.Invalid(failed, *spec.MaxFailedIndexes, "must be less than or equal to completions"))
	}
	if *spec.Completions <= manyCompletions || spec.BackoffLimitPerIndex == nil {
		return errs
	}
	const many = "must be less than or equal to %d when completions are above %d and used with backoff limit per index"
	if spec.MaxFailedIndexes == nil {
		errs = append(errs, field.Required(failed, fmt.Sprintf("must be specified when completions is above %d", manyCompletions)))
	} else if *spec.MaxFailedIndexes > maxFailedIndexesOfMany {
		errs = append(errs, field.Invalid(failed, *spec.MaxFailedIndexes, fmt.Sprintf(many, maxFailedIndexesOfMany, manyCompletions)))
	}
	if spec.Parallelism != nil && *spec.Parallelism > maxParallelismOfMany {
		errs = append(errs, field.Invalid(parallelism, *spec.Parallelism, fmt.Sprintf(many, maxParallelismOfMany, manyCompletions)))
	}
	return errs
}

func jobRestartPolicy(spec *batchv1.JobSpec) errorList {
	at := specPath.Child("template", "spec", "restartPolicy")
	switch policy := spec.Template.Spec.RestartPolicy; {
	case policy == corev1.RestartPolicyAlways || policy == "":
		// Always is what the server fills in where nothing is said.
		return errorList{field.Required(at, fmt.Sprintf("valid values: %q, %q", corev1.RestartPolicyOnFailure, corev1.RestartPolicyNever))}
	case policy != corev1.RestartPolicyOnFailure && policy != corev1.RestartPolicyNever:
		return errorList{field.NotSupported(at, policy, []corev1.RestartPolicy{corev1.RestartPolicyOnFailure, corev1.RestartPolicyNever})}
	case spec.PodFailurePolicy != nil && policy != corev1.RestartPolicyNever:
		return errorList{field.Invalid(at, policy, `only "Never" is supported when podFailurePolicy is specified`)}
	}
	return nil
}

// completionsUpdate lets an Indexed Job grow and shrink.
func completionsUpdate(now, before *batchv1.JobSpec) errorList {
	at := specPath.Child("completions")
	if !isIndexed(now) {
		return validation.ValidateImmutableField(now.Completions, before.Completions, at)
	}
	if equality.Semantic.DeepEqual(now.Completions, before.Completions) || now.Completions == nil {
		return nil
	}
	if now.Parallelism == nil || *now.Completions != *now.Parallelism {
		return errorList{field.Invalid(at, now.Completions, "can only be modified in tandem with spec.parallelism")}
	}
	return nil
}

// jobTemplateUpdate lets a Job that waits to be started be told where and with how much.
func jobTemplateUpdate(now *batchv1.JobSpec, old *batchv1.Job) errorList {
	before := old.Spec.Template.DeepCopy()
	waits := old.Spec.Suspend != nil && *old.Spec.Suspend && old.Status.StartTime == nil
	if waits {
		t := &now.Template
		before.Labels, before.Annotations = t.Labels, t.Annotations
		before.Spec.NodeSelector, before.Spec.Tolerations, before.Spec.SchedulingGates = t.Spec.NodeSelector, t.Spec.Tolerations, t.Spec.SchedulingGates
		before.Spec.Affinity = sameButNodes(before.Spec.Affinity, t.Spec.Affinity)
		sameResources(before.Spec.Containers, t.Spec.Containers)
		sameResources(before.Spec.InitContainers, t.Spec.InitContainers)
	}
	return validation.ValidateImmutableField(&now.Template, before, specPath.Child("template"))
}

func sameButNodes(before, now *corev1.Affinity) *corev1.Affinity {
	result := corev1.Affinity{}
	if before != nil {
		result = *before
	}
	result.NodeAffinity = nil
	if now != nil {
		result.NodeAffinity = now.NodeAffinity
	}
	if now == nil && result == (corev1.Affinity{}) {
		return nil
	}
	return &result
}

func sameResources(before, now []corev1.Container) {
	for i := range min(len(before), len(now)) {
		before[i].Resources = now[i].Resources
	}
}
