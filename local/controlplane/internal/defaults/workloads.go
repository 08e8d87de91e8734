package defaults

import (
	"maps"
	"math"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

const (
	defaultBackoffLimit     = 6
	defaultHistoryLimit     = 10
	defaultProgressDeadline = 600
)

// Job fills a Job.
func Job(job *batchv1.Job) {
	if len(job.Labels) == 0 {
		job.Labels = maps.Clone(job.Spec.Template.Labels)
	}
	JobSpec(&job.Spec)
}

// JobSpec fills the spec of a Job or of a template.
func JobSpec(s *batchv1.JobSpec) {
	PodSpec(&s.Template.Spec)
	if s.Parallelism == nil {
		// Neither said: one after the other until one has succeeded.
		Set(&s.Completions, 1)
	}
	Set(&s.Parallelism, 1)
	Set(&s.CompletionMode, batchv1.NonIndexedCompletion)
	Set(&s.Suspend, false)
	Set(&s.ManualSelector, false)
	backoff, replacement := int32(defaultBackoffLimit), batchv1.TerminatingOrFailed
	if s.BackoffLimitPerIndex != nil {
		backoff = math.MaxInt32
	}
	if s.PodFailurePolicy != nil {
		replacement = batchv1.Failed
		for _, rule := range s.PodFailurePolicy.Rules {
			for i := range rule.OnPodConditions {
				word(&rule.OnPodConditions[i].Status, corev1.ConditionTrue)
			}
		}
	}
	Set(&s.BackoffLimit, backoff)
	Set(&s.PodReplacementPolicy, replacement)
}

// CronJob fills a CronJob.
func CronJob(c *batchv1.CronJob) {
	JobSpecOfTemplate(&c.Spec.JobTemplate.Spec)
	word(&c.Spec.ConcurrencyPolicy, batchv1.AllowConcurrent)
	Set(&c.Spec.Suspend, false)
	Set(&c.Spec.SuccessfulJobsHistoryLimit, 3)
	Set(&c.Spec.FailedJobsHistoryLimit, 1)
}

// JobSpecOfTemplate fills the Pod's part alone: the rest is for the Job that is made.
func JobSpecOfTemplate(s *batchv1.JobSpec) { PodSpec(&s.Template.Spec) }

// Deployment fills a Deployment.
func Deployment(d *appsv1.Deployment) {
	PodSpec(&d.Spec.Template.Spec)
	Set(&d.Spec.Replicas, 1)
	Set(&d.Spec.RevisionHistoryLimit, defaultHistoryLimit)
	Set(&d.Spec.ProgressDeadlineSeconds, defaultProgressDeadline)
	strategy := &d.Spec.Strategy
	word(&strategy.Type, appsv1.RollingUpdateDeploymentStrategyType)
	if strategy.Type == appsv1.RollingUpdateDeploymentStrategyType {
		Set(&strategy.RollingUpdate, appsv1.RollingUpdateDeployment{})
		Set(&strategy.RollingUpdate.MaxUnavailable, intstr.FromString("25%"))
		Set(&strategy.RollingUpdate.MaxSurge, intstr.FromString("25%"))
	}
}

// ReplicaSet fills a ReplicaSet.
func ReplicaSet(r *appsv1.ReplicaSet) {
	PodSpec(&r.Spec.Template.Spec)
	Set(&r.Spec.Replicas, 1)
}

// StatefulSet fills a StatefulSet.
func StatefulSet(s *appsv1.StatefulSet) {
	PodSpec(&s.Spec.Template.Spec)
	Set(&s.Spec.Replicas, 1)
	Set(&s.Spec.RevisionHistoryLimit, defaultHistoryLimit)
	word(&s.Spec.PodManagementPolicy, appsv1.OrderedReadyPodManagement)
	if s.Spec.UpdateStrategy.Type == "" {
		s.Spec.UpdateStrategy.Type = appsv1.RollingUpdateStatefulSetStrategyType
		Set(&s.Spec.UpdateStrategy.RollingUpdate, appsv1.RollingUpdateStatefulSetStrategy{})
	}
	if rolling := s.Spec.UpdateStrategy.RollingUpdate; rolling != nil {
		Set(&rolling.Partition, 0)
	}
}

// DaemonSet fills a DaemonSet.
func DaemonSet(d *appsv1.DaemonSet) {
	PodSpec(&d.Spec.Template.Spec)
	Set(&d.Spec.RevisionHistoryLimit, defaultHistoryLimit)
	strategy := &d.Spec.UpdateStrategy
	word(&strategy.Type, appsv1.RollingUpdateDaemonSetStrategyType)
	if strategy.Type == appsv1.RollingUpdateDaemonSetStrategyType {
		Set(&strategy.RollingUpdate, appsv1.RollingUpdateDaemonSet{})
		Set(&strategy.RollingUpdate.MaxUnavailable, intstr.FromInt32(1))
		Set(&strategy.RollingUpdate.MaxSurge, intstr.FromInt32(0))
	}
}
