// Package defaults fills what a real kube-apiserver fills in built-in objects
// when it reads them, from a client or from etcd.
package defaults

import (
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// Set fills an optional field.
func Set[T any](field **T, value T) {
	if *field == nil {
		*field = &value
	}
}

func word[T ~string](field *T, value T) {
	if *field == "" {
		*field = value
	}
}

func number(field *int32, value int32) {
	if *field == 0 {
		*field = value
	}
}

// Pod fills a Pod.
func Pod(pod *corev1.Pod) {
	PodSpec(&pod.Spec)
	Set(&pod.Spec.EnableServiceLinks, corev1.DefaultEnableServiceLinks)
	for _, list := range [][]corev1.Container{pod.Spec.InitContainers, pod.Spec.Containers} {
		for i := range list {
			requestsFromLimits(&list[i].Resources)
			if pod.Spec.HostNetwork {
				hostPorts(list[i].Ports)
			}
		}
	}
}

// requestsFromLimits is for Pods only: a template keeps what it says.
func requestsFromLimits(r *corev1.ResourceRequirements) {
	if r.Limits != nil && r.Requests == nil {
		r.Requests = corev1.ResourceList{}
	}
	for name, limit := range r.Limits {
		if _, set := r.Requests[name]; !set {
			r.Requests[name] = limit.DeepCopy()
		}
	}
}

func hostPorts(ports []corev1.ContainerPort) {
	for i := range ports {
		number(&ports[i].HostPort, ports[i].ContainerPort)
	}
}

// PodSpec fills the spec of a Pod or of a template.
func PodSpec(s *corev1.PodSpec) {
	word(&s.DNSPolicy, corev1.DNSClusterFirst)
	word(&s.RestartPolicy, corev1.RestartPolicyAlways)
	word(&s.SchedulerName, corev1.DefaultSchedulerName)
	Set(&s.SecurityContext, corev1.PodSecurityContext{})
	Set(&s.TerminationGracePeriodSeconds, corev1.DefaultTerminationGracePeriodSeconds)
	// The older name of the same field.
	word(&s.ServiceAccountName, s.DeprecatedServiceAccount)
	s.DeprecatedServiceAccount = s.ServiceAccountName
	for i := range s.Volumes {
		volume(&s.Volumes[i].VolumeSource)
	}
	for _, list := range [][]corev1.Container{s.InitContainers, s.Containers} {
		for i := range list {
			container(&list[i])
		}
	}
}

func container(c *corev1.Container) {
	if c.ImagePullPolicy == "" {
		c.ImagePullPolicy = corev1.PullIfNotPresent
		if isLatest(c.Image) {
			c.ImagePullPolicy = corev1.PullAlways
		}
	}
	word(&c.TerminationMessagePath, corev1.TerminationMessagePathDefault)
	word(&c.TerminationMessagePolicy, corev1.TerminationMessageReadFile)
	for i := range c.Ports {
		word(&c.Ports[i].Protocol, corev1.ProtocolTCP)
	}
	for i := range c.Env {
		if from := c.Env[i].ValueFrom; from != nil {
			fieldRef(from.FieldRef)
		}
	}
	for _, list := range []corev1.ResourceList{c.Resources.Limits, c.Resources.Requests} {
		roundUp(list)
	}
	for _, p := range []*corev1.Probe{c.LivenessProbe, c.ReadinessProbe, c.StartupProbe} {
		probe(p)
	}
	if c.Lifecycle != nil {
		for _, hook := range []*corev1.LifecycleHandler{c.Lifecycle.PostStart, c.Lifecycle.PreStop} {
			if hook != nil {
				httpGet(hook.HTTPGet)
			}
		}
	}
}

// isLatest says whether an image's tag is latest, said or not.
func isLatest(image string) bool {
	if strings.Contains(image, "@") {
		return false
	}
	_, tag, tagged := strings.Cut(image[strings.LastIndex(image, "/")+1:], ":")
	return !tagged || tag == "latest"
}

// roundUp: nothing is smaller than a thousandth.
func roundUp(list corev1.ResourceList) {
	for name, quantity := range list {
		quantity.RoundUp(-3)
		list[name] = quantity
	}
}

func probe(p *corev1.Probe) {
	if p == nil {
		return
	}
	number(&p.TimeoutSeconds, 1)
	number(&p.PeriodSeconds, 10)
	number(&p.SuccessThreshold, 1)
	number(&p.FailureThreshold, 3)
	httpGet(p.HTTPGet)
	if p.GRPC != nil {
		Set(&p.GRPC.Service, "")
	}
}

func httpGet(get *corev1.HTTPGetAction) {
	if get != nil {
		word(&get.Path, "/")
		word(&get.Scheme, corev1.URISchemeHTTP)
	}
}

func fieldRef(ref *corev1.ObjectFieldSelector) {
	if ref != nil {
		word(&ref.APIVersion, "v1")
	}
}

func volume(v *corev1.VolumeSource) {
	if *v == (corev1.VolumeSource{}) {
		v.EmptyDir = &corev1.EmptyDirVolumeSource{}
	}
	switch {
	case v.Secret != nil:
		Set(&v.Secret.DefaultMode, corev1.SecretVolumeSourceDefaultMode)
	case v.ConfigMap != nil:
		Set(&v.ConfigMap.DefaultMode, corev1.ConfigMapVolumeSourceDefaultMode)
	case v.HostPath != nil:
		Set(&v.HostPath.Type, corev1.HostPathUnset)
	case v.DownwardAPI != nil:
		Set(&v.DownwardAPI.DefaultMode, corev1.DownwardAPIVolumeSourceDefaultMode)
		downwardFiles(v.DownwardAPI.Items)
	case v.Projected != nil:
		Set(&v.Projected.DefaultMode, corev1.ProjectedVolumeSourceDefaultMode)
		for _, source := range v.Projected.Sources {
			if source.DownwardAPI != nil {
				downwardFiles(source.DownwardAPI.Items)
			}
			if source.ServiceAccountToken != nil {
				Set(&source.ServiceAccountToken.ExpirationSeconds, int64(time.Hour/time.Second))
			}
		}
	}
}

func downwardFiles(files []corev1.DownwardAPIVolumeFile) {
	for i := range files {
		fieldRef(files[i].FieldRef)
	}
}
