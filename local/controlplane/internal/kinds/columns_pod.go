package kinds

import (
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var podColumns = []column{
	text("Ready", func(p *corev1.Pod) string { return summarize(p).readyText() }),
	text("Status", func(p *corev1.Pod) string { return summarize(p).reason }),
	text("Restarts", func(p *corev1.Pod) string { return summarize(p).restartsText() }),
	wide(text("IP", func(p *corev1.Pod) string { return orNone(p.Status.PodIP) })),
	wide(text("Node", func(p *corev1.Pod) string { return orNone(p.Spec.NodeName) })),
	wide(text("Nominated Node", func(p *corev1.Pod) string { return orNone(p.Status.NominatedNodeName) })),
	wide(text("Readiness Gates", readinessGates)),
}

// podSummary is a Pod in the words of `kubectl get pods`.
type podSummary struct {
	ready, total, restarts int
	lastRestart            metav1.Time
	reason                 string
}

func (s podSummary) readyText() string { return fmt.Sprintf("%d/%d", s.ready, s.total) }

func (s podSummary) restartsText() string {
	if s.restarts == 0 || s.lastRestart.IsZero() {
		return fmt.Sprint(s.restarts)
	}
	return fmt.Sprintf("%d (%s ago)", s.restarts, age(s.lastRestart))
}

func (s *podSummary) restarted(c corev1.ContainerStatus) {
	s.restarts += int(c.RestartCount)
	if t := c.LastTerminationState.Terminated; t != nil && s.lastRestart.Before(&t.FinishedAt) {
		s.lastRestart = t.FinishedAt
	}
}

// summarize finds the one word that tells most about a Pod: its phase, unless
// a container waits or ended for a reason of its own.
func summarize(p *corev1.Pod) podSummary {
	s := podSummary{total: len(p.Spec.Containers), reason: string(p.Status.Phase)}
	if p.Status.Reason != "" {
		s.reason = p.Status.Reason
	}
	sidecars := map[string]bool{}
	for _, c := range p.Spec.InitContainers {
		if c.RestartPolicy != nil && *c.RestartPolicy == corev1.ContainerRestartPolicyAlways {
			sidecars[c.Name] = true
			s.total++
		}
	}
	if !s.readInit(p, sidecars) {
		s.readMain(p, sidecars)
	}
	if p.DeletionTimestamp != nil && s.reason != string(corev1.PodSucceeded) && s.reason != "Completed" {
		s.reason = "Terminating"
		if p.Status.Reason == "NodeLost" {
			s.reason = "Unknown"
		}
	}
	return s
}

// readInit reports whether the Pod is still initializing.
func (s *podSummary) readInit(p *corev1.Pod, sidecars map[string]bool) bool {
	for i, c := range p.Status.InitContainerStatuses {
		s.restarted(c)
		switch {
		case c.State.Terminated != nil && c.State.Terminated.ExitCode == 0:
			continue
		case sidecars[c.Name] && c.Started != nil && *c.Started:
			if c.Ready {
				s.ready++
			}
			continue
		case c.State.Terminated != nil:
			s.reason = "Init:" + terminatedReason(c.State.Terminated)
		case c.State.Waiting != nil && c.State.Waiting.Reason != "" && c.State.Waiting.Reason != "PodInitializing":
			s.reason = "Init:" + c.State.Waiting.Reason
		default:
			s.reason = fmt.Sprintf("Init:%d/%d", i, len(p.Spec.InitContainers))
		}
		return true
	}
	return false
}

func (s *podSummary) readMain(p *corev1.Pod, sidecars map[string]bool) {
	running := false
	for i := len(p.Status.ContainerStatuses) - 1; i >= 0; i-- {
		c := p.Status.ContainerStatuses[i]
		s.restarted(c)
		switch {
		case c.State.Waiting != nil && c.State.Waiting.Reason != "":
			s.reason = c.State.Waiting.Reason
		case c.State.Terminated != nil:
			s.reason = terminatedReason(c.State.Terminated)
		case c.Ready && c.State.Running != nil:
			running = true
			s.ready++
		}
	}
	if s.reason == "Completed" && running {
		s.reason = "NotReady"
		for _, c := range p.Status.Conditions {
			if c.Type == corev1.PodReady && c.Status == corev1.ConditionTrue {
				s.reason = "Running"
			}
		}
	}
}

func terminatedReason(t *corev1.ContainerStateTerminated) string {
	switch {
	case t.Reason != "":
		return t.Reason
	case t.Signal != 0:
		return fmt.Sprintf("Signal:%d", t.Signal)
	}
	return fmt.Sprintf("ExitCode:%d", t.ExitCode)
}

func readinessGates(p *corev1.Pod) string {
	if len(p.Spec.ReadinessGates) == 0 {
		return "<none>"
	}
	passed := 0
	for _, gate := range p.Spec.ReadinessGates {
		for _, c := range p.Status.Conditions {
			if c.Type == gate.ConditionType && c.Status == corev1.ConditionTrue {
				passed++
			}
		}
	}
	return fmt.Sprintf("%d/%d", passed, len(p.Spec.ReadinessGates))
}

// elapsed is the time from start to end, or until now.
func elapsed(start, end *metav1.Time) time.Duration {
	if end != nil && !end.IsZero() {
		return end.Sub(start.Time)
	}
	return time.Since(start.Time)
}
