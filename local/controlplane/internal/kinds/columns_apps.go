package kinds

import (
	"fmt"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/duration"
)

var deploymentColumns = append([]column{
	text("Ready", func(d *appsv1.Deployment) string {
		return fmt.Sprintf("%d/%d", d.Status.ReadyReplicas, valueOf(d.Spec.Replicas, 1))
	}),
	number("Up-to-date", func(d *appsv1.Deployment) int { return int(d.Status.UpdatedReplicas) }),
	number("Available", func(d *appsv1.Deployment) int { return int(d.Status.AvailableReplicas) }),
}, templateColumns(
	func(d *appsv1.Deployment) *corev1.PodSpec { return &d.Spec.Template.Spec },
	func(d *appsv1.Deployment) *metav1.LabelSelector { return d.Spec.Selector })...)

var replicaSetColumns = append([]column{
	number("Desired", func(r *appsv1.ReplicaSet) int { return int(valueOf(r.Spec.Replicas, 1)) }),
	number("Current", func(r *appsv1.ReplicaSet) int { return int(r.Status.Replicas) }),
	number("Ready", func(r *appsv1.ReplicaSet) int { return int(r.Status.ReadyReplicas) }),
}, templateColumns(
	func(r *appsv1.ReplicaSet) *corev1.PodSpec { return &r.Spec.Template.Spec },
	func(r *appsv1.ReplicaSet) *metav1.LabelSelector { return r.Spec.Selector })...)

var statefulSetColumns = append([]column{
	text("Ready", func(s *appsv1.StatefulSet) string {
		return fmt.Sprintf("%d/%d", s.Status.ReadyReplicas, valueOf(s.Spec.Replicas, 1))
	}),
}, templateColumns(
	func(s *appsv1.StatefulSet) *corev1.PodSpec { return &s.Spec.Template.Spec }, nil)...)

var daemonSetColumns = append([]column{
	number("Desired", func(d *appsv1.DaemonSet) int { return int(d.Status.DesiredNumberScheduled) }),
	number("Current", func(d *appsv1.DaemonSet) int { return int(d.Status.CurrentNumberScheduled) }),
	number("Ready", func(d *appsv1.DaemonSet) int { return int(d.Status.NumberReady) }),
	number("Up-to-date", func(d *appsv1.DaemonSet) int { return int(d.Status.UpdatedNumberScheduled) }),
	number("Available", func(d *appsv1.DaemonSet) int { return int(d.Status.NumberAvailable) }),
}, templateColumns(
	func(d *appsv1.DaemonSet) *corev1.PodSpec { return &d.Spec.Template.Spec },
	func(d *appsv1.DaemonSet) *metav1.LabelSelector { return d.Spec.Selector })...)

var revisionColumns = []column{
	text("Controller", func(r *appsv1.ControllerRevision) string {
		owner := metav1.GetControllerOf(r)
		if owner == nil {
			return "<none>"
		}
		group, _, versioned := strings.Cut(owner.APIVersion, "/")
		name := strings.ToLower(owner.Kind)
		if versioned {
			name += "." + group
		}
		return name + "/" + owner.Name
	}),
	number("Revision", func(r *appsv1.ControllerRevision) int { return int(r.Revision) }),
}

var jobColumns = append([]column{
	text("Status", jobStatus),
	text("Completions", jobCompletions),
	text("Duration", func(j *batchv1.Job) string {
		switch {
		case j.Status.StartTime == nil:
			return ""
		case j.Status.CompletionTime == nil && finishedAt(j) == nil:
			return duration.HumanDuration(elapsed(j.Status.StartTime, nil))
		case j.Status.CompletionTime == nil:
			return duration.HumanDuration(elapsed(j.Status.StartTime, finishedAt(j)))
		}
		return duration.HumanDuration(elapsed(j.Status.StartTime, j.Status.CompletionTime))
	}),
}, templateColumns(
	func(j *batchv1.Job) *corev1.PodSpec { return &j.Spec.Template.Spec },
	func(j *batchv1.Job) *metav1.LabelSelector { return j.Spec.Selector })...)

func jobCondition(j *batchv1.Job, kind batchv1.JobConditionType) *batchv1.JobCondition {
	for i := range j.Status.Conditions {
		if c := &j.Status.Conditions[i]; c.Type == kind && c.Status == corev1.ConditionTrue {
			return c
		}
	}
	return nil
}

func finishedAt(j *batchv1.Job) *metav1.Time {
	if c := jobCondition(j, batchv1.JobFailed); c != nil {
		return &c.LastTransitionTime
	}
	return nil
}

func jobStatus(j *batchv1.Job) string {
	for _, kind := range []batchv1.JobConditionType{batchv1.JobComplete, batchv1.JobFailed} {
		if jobCondition(j, kind) != nil {
			return string(kind)
		}
	}
	if j.DeletionTimestamp != nil {
		return "Terminating"
	}
	for _, kind := range []batchv1.JobConditionType{batchv1.JobSuspended, batchv1.JobFailureTarget, batchv1.JobSuccessCriteriaMet} {
		if jobCondition(j, kind) != nil {
			return string(kind)
		}
	}
	return "Running"
}

func jobCompletions(j *batchv1.Job) string {
	if j.Spec.Completions != nil {
		return fmt.Sprintf("%d/%d", j.Status.Succeeded, *j.Spec.Completions)
	}
	if parallelism := valueOf(j.Spec.Parallelism, 1); parallelism > 1 {
		return fmt.Sprintf("%d/1 of %d", j.Status.Succeeded, parallelism)
	}
	return fmt.Sprintf("%d/1", j.Status.Succeeded)
}

var cronJobColumns = append([]column{
	text("Schedule", func(c *batchv1.CronJob) string { return c.Spec.Schedule }),
	text("Timezone", func(c *batchv1.CronJob) string { return orNone(valueOf(c.Spec.TimeZone, "")) }),
	text("Suspend", func(c *batchv1.CronJob) string {
		if valueOf(c.Spec.Suspend, false) {
			return "True"
		}
		return "False"
	}),
	number("Active", func(c *batchv1.CronJob) int { return len(c.Status.Active) }),
	text("Last Schedule", func(c *batchv1.CronJob) string {
		if c.Status.LastScheduleTime == nil {
			return "<none>"
		}
		return age(*c.Status.LastScheduleTime)
	}),
}, templateColumns(
	func(c *batchv1.CronJob) *corev1.PodSpec { return &c.Spec.JobTemplate.Spec.Template.Spec }, nil)...)

// templateColumns are the wide columns of whatever has a Pod template.
func templateColumns[T any, PT object[T]](spec func(PT) *corev1.PodSpec, selector func(PT) *metav1.LabelSelector) []column {
	columns := []column{
		wide(text("Containers", func(o PT) string {
			var names []string
			for _, c := range spec(o).Containers {
				names = append(names, c.Name)
			}
			return join(names)
		})),
		wide(text("Images", func(o PT) string {
			var images []string
			for _, c := range spec(o).Containers {
				images = append(images, c.Image)
			}
			return join(images)
		})),
	}
	if selector != nil {
		columns = append(columns, wide(text("Selector", func(o PT) string { return selectorText(selector(o)) })))
	}
	return columns
}

var autoscalerColumns = []column{
	text("Reference", func(h *autoscalingv2.HorizontalPodAutoscaler) string {
		return h.Spec.ScaleTargetRef.Kind + "/" + h.Spec.ScaleTargetRef.Name
	}),
	number("MinPods", func(h *autoscalingv2.HorizontalPodAutoscaler) int { return int(valueOf(h.Spec.MinReplicas, 1)) }),
	number("MaxPods", func(h *autoscalingv2.HorizontalPodAutoscaler) int { return int(h.Spec.MaxReplicas) }),
	number("Replicas", func(h *autoscalingv2.HorizontalPodAutoscaler) int { return int(h.Status.CurrentReplicas) }),
}

var budgetColumns = []column{
	text("Min Available", func(b *policyv1.PodDisruptionBudget) string {
		if b.Spec.MinAvailable == nil {
			return "N/A"
		}
		return b.Spec.MinAvailable.String()
	}),
	text("Max Unavailable", func(b *policyv1.PodDisruptionBudget) string {
		if b.Spec.MaxUnavailable == nil {
			return "N/A"
		}
		return b.Spec.MaxUnavailable.String()
	}),
	number("Allowed Disruptions", func(b *policyv1.PodDisruptionBudget) int { return int(b.Status.DisruptionsAllowed) }),
}

var priorityColumns = []column{
	number("Value", func(p *schedulingv1.PriorityClass) int { return int(p.Value) }),
	text("Global-Default", func(p *schedulingv1.PriorityClass) string { return fmt.Sprint(p.GlobalDefault) }),
}
