package validate

import (
	"fmt"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// JobStatusUpdate checks that a Job's status only moves forward. Most rules hold
// when what they speak of changes, so that an old mistake does not block the rest.
func JobStatusUpdate(job, old *batchv1.Job) errorList {
	now, before := &job.Status, &old.Status
	was, is := conditionsOf(old), conditionsOf(job)
	errs := jobCounters(now, before, &job.Spec)
	errs = append(errs, jobConditions(was, is, job.Spec.SuccessPolicy != nil)...)
	errs = append(errs, jobTimes(job, old, was, is)...)
	errs = append(errs, jobIndexes(job, before)...)
	if is.finished() && (was.finished() != is.finished() || now.Active != before.Active) && now.Active > 0 {
		errs = append(errs, field.Invalid(statusPath.Child("active"), now.Active, "active>0 is invalid for finished job"))
	}
	if is.finished() && (was.finished() != is.finished() || !equality.Semantic.DeepEqual(now.Terminating, before.Terminating)) && now.Terminating != nil && *now.Terminating > 0 {
		errs = append(errs, field.Invalid(statusPath.Child("terminating"), *now.Terminating, "terminating>0 is invalid for finished job"))
	}
	if changed := now.Active != before.Active || !equality.Semantic.DeepEqual(now.Ready, before.Ready); changed && now.Ready != nil && *now.Ready > now.Active {
		errs = append(errs, field.Invalid(statusPath.Child("ready"), *now.Ready, "cannot set more ready pods than active"))
	}
	if u := now.UncountedTerminatedPods; is.finished() && !was.finished() && u != nil && len(u.Failed)+len(u.Succeeded) > 0 {
		errs = append(errs, field.Invalid(statusPath.Child("uncountedTerminatedPods"), u, "uncountedTerminatedPods needs to be empty for finished job"))
	}
	return errs
}

type jobState struct{ complete, failed, failureTarget, successCriteriaMet bool }

func (s jobState) finished() bool { return s.complete || s.failed }

func conditionsOf(job *batchv1.Job) jobState {
	var s jobState
	for _, c := range job.Status.Conditions {
		yes := c.Status == corev1.ConditionTrue
		switch c.Type {
		case batchv1.JobComplete:
			s.complete = yes
		case batchv1.JobFailed:
			s.failed = yes
		case batchv1.JobFailureTarget:
			s.failureTarget = yes
		case batchv1.JobSuccessCriteriaMet:
			s.successCriteriaMet = yes
		}
	}
	return s
}

func jobCounters(now, before *batchv1.JobStatus, spec *batchv1.JobSpec) errorList {
	errs := nonNegative(statusPath.Child("active"), &now.Active)
	errs = append(errs, nonNegative(statusPath.Child("succeeded"), &now.Succeeded)...)
	errs = append(errs, nonNegative(statusPath.Child("failed"), &now.Failed)...)
	errs = append(errs, nonNegative(statusPath.Child("ready"), now.Ready)...)
	errs = append(errs, nonNegative(statusPath.Child("terminating"), now.Terminating)...)
	if now.Failed < before.Failed {
		errs = append(errs, field.Invalid(statusPath.Child("failed"), now.Failed, "cannot decrease the failed counter"))
	}
	// An Indexed Job whose completions and parallelism are one can shrink.
	elastic := isIndexed(spec) && equality.Semantic.DeepEqual(spec.Completions, spec.Parallelism)
	if now.Succeeded < before.Succeeded && !elastic {
		errs = append(errs, field.Invalid(statusPath.Child("succeeded"), now.Succeeded, "cannot decrease the succeeded counter"))
	}
	return errs
}

func jobConditions(was, is jobState, hasSuccessPolicy bool) errorList {
	var errs errorList
	refuse := func(format string, args ...any) {
		errs = append(errs, field.Invalid(statusPath.Child("conditions"), field.OmitValueType{}, fmt.Sprintf(format, args...)))
	}
	if is.complete && is.failed && was != is {
		refuse("cannot set Complete=True and Failed=true conditions")
	}
	if is.complete && is.failureTarget && was != is {
		refuse("cannot set Complete=True and FailureTarget=true conditions")
	}
	if is.failed && !is.failureTarget && was.failed != is.failed {
		refuse("cannot set Failed=True condition without the FailureTarget=true condition")
	}
	if is.complete && !is.successCriteriaMet && was.complete != is.complete {
		refuse("cannot set Complete=True condition without the SuccessCriteriaMet=true condition")
	}
	if is.successCriteriaMet && is.failed {
		refuse("cannot set SuccessCriteriaMet=True and Failed=true conditions")
	}
	if is.successCriteriaMet && is.failureTarget {
		refuse("cannot set SuccessCriteriaMet=True and FailureTarget=true conditions")
	}
	if hasSuccessPolicy && is.complete && !is.successCriteriaMet {
		refuse("cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True")
	}
	for _, final := range []struct {
		name    string
		was, is bool
	}{{"Failed", was.failed, is.failed}, {"Complete", was.complete, is.complete}, {"FailureTarget", was.failureTarget, is.failureTarget}} {
		if final.was && !final.is {
			refuse("cannot disable the terminal %s=True condition", final.name)
		}
	}
	if was.successCriteriaMet && !is.successCriteriaMet {
		refuse("cannot disable the SuccessCriteriaMet=True condition")
	}
	if was.complete && !was.successCriteriaMet && is.successCriteriaMet {
		refuse("cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions")
	}
	return errs
}

func jobTimes(job, old *batchv1.Job, was, is jobState) errorList {
	now, before := &job.Status, &old.Status
	started := !now.StartTime.Equal(before.StartTime)
	completed := !now.CompletionTime.Equal(before.CompletionTime)
	startPath, completionPath := statusPath.Child("startTime"), statusPath.Child("completionTime")
	var errs errorList
	if was.complete != is.complete || completed {
		if now.CompletionTime != nil && !is.complete {
			errs = append(errs, field.Invalid(completionPath, now.CompletionTime, "cannot set completionTime when there is no Complete=True condition"))
		}
		if now.CompletionTime == nil && is.complete {
			errs = append(errs, field.Required(completionPath, "completionTime is required for Complete jobs"))
		}
	}
	if (started || completed) && now.StartTime != nil && now.CompletionTime != nil && now.CompletionTime.Before(now.StartTime) {
		errs = append(errs, field.Invalid(completionPath, now.CompletionTime, "completionTime cannot be set before startTime"))
	}
	if completed && now.CompletionTime != nil && before.CompletionTime != nil {
		errs = append(errs, field.Invalid(completionPath, now.CompletionTime, "completionTime cannot be mutated"))
	}
	if (was.finished() != is.finished() || started) && is.finished() && now.StartTime == nil {
		errs = append(errs, field.Required(startPath, "startTime is required for finished job"))
	}
	suspended := job.Spec.Suspend != nil && *job.Spec.Suspend
	if started && before.StartTime != nil && !suspended {
		errs = append(errs, field.Required(startPath, "startTime cannot be removed for unsuspended job"))
	}
	return errs
}

func jobIndexes(job *batchv1.Job, before *batchv1.JobStatus) errorList {
	now := &job.Status
	completed, failed := now.CompletedIndexes != before.CompletedIndexes, !equality.Semantic.DeepEqual(now.FailedIndexes, before.FailedIndexes)
	completedPath, failedPath := statusPath.Child("completedIndexes"), statusPath.Child("failedIndexes")
	var errs errorList
	if completed && now.CompletedIndexes != "" && !isIndexed(&job.Spec) {
		errs = append(errs, field.Invalid(completedPath, now.CompletedIndexes, "cannot set non-empty completedIndexes when non-indexed completion mode"))
	}
	if failed && now.FailedIndexes != nil && job.Spec.BackoffLimitPerIndex == nil {
		errs = append(errs, field.Invalid(failedPath, *now.FailedIndexes, "cannot set non-null failedIndexes when backoffLimitPerIndex is null"))
	}
	if job.Spec.Completions == nil {
		return errs
	}
	done, err := parseIndexes(now.CompletedIndexes, *job.Spec.Completions)
	if completed && err != nil {
		errs = append(errs, field.Invalid(completedPath, now.CompletedIndexes, "error parsing completedIndexes: "+err.Error()))
	}
	if now.FailedIndexes == nil {
		return errs
	}
	lost, err := parseIndexes(*now.FailedIndexes, *job.Spec.Completions)
	if failed && err != nil && job.Spec.BackoffLimitPerIndex != nil {
		errs = append(errs, field.Invalid(failedPath, *now.FailedIndexes, "error parsing failedIndexes: "+err.Error()))
	}
	if completed || failed {
		for _, a := range done {
			for _, b := range lost {
				if a[0] <= b[1] && b[0] <= a[1] {
					return append(errs, field.Invalid(failedPath, *now.FailedIndexes, fmt.Sprintf("failedIndexes and completedIndexes overlap at index: %d", max(a[0], b[0]))))
				}
			}
		}
	}
	return errs
}
