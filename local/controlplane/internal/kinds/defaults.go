package kinds

import (
	admissionv1 "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"agentoperator.dev/controlplane/internal/defaults"
)

func registerDefaults() {
	onDecode(defaults.Pod)
	onDecode(defaults.Job)
	onDecode(defaults.CronJob)
	onDecode(defaults.Deployment)
	onDecode(defaults.ReplicaSet)
	onDecode(defaults.StatefulSet)
	onDecode(defaults.DaemonSet)
	onDecode(defaults.Service)
	onDecode(defaults.Secret)
	onDecode(defaults.Namespace)
	onDecode(defaults.Autoscaler)
	onDecode(defaults.NetworkPolicy)
	onDecode(defaults.EndpointSlice)
	onDecode(defaults.RoleBinding)
	onDecode(defaults.ClusterRoleBinding)
	registerAdmissionDefaults()
}

// registerAdmissionDefaults fills what the admission plugins take for granted:
// an absent selector, for one, would match nothing.
func registerAdmissionDefaults() {
	onDecode(func(c *admissionv1.ValidatingWebhookConfiguration) {
		for i := range c.Webhooks {
			w := &c.Webhooks[i]
			defaults.Set(&w.FailurePolicy, admissionv1.Fail)
			defaults.Set(&w.MatchPolicy, admissionv1.Equivalent)
			defaults.Set(&w.NamespaceSelector, metav1.LabelSelector{})
			defaults.Set(&w.ObjectSelector, metav1.LabelSelector{})
			defaults.Set(&w.TimeoutSeconds, 10)
			defaultService(w.ClientConfig.Service)
			defaultScopes(w.Rules)
		}
	})
	onDecode(func(c *admissionv1.MutatingWebhookConfiguration) {
		for i := range c.Webhooks {
			w := &c.Webhooks[i]
			defaults.Set(&w.FailurePolicy, admissionv1.Fail)
			defaults.Set(&w.MatchPolicy, admissionv1.Equivalent)
			defaults.Set(&w.NamespaceSelector, metav1.LabelSelector{})
			defaults.Set(&w.ObjectSelector, metav1.LabelSelector{})
			defaults.Set(&w.TimeoutSeconds, 10)
			defaults.Set(&w.ReinvocationPolicy, admissionv1.NeverReinvocationPolicy)
			defaultService(w.ClientConfig.Service)
			defaultScopes(w.Rules)
		}
	})
	onDecode(func(p *admissionv1.ValidatingAdmissionPolicy) {
		defaults.Set(&p.Spec.FailurePolicy, admissionv1.Fail)
		defaultMatch(p.Spec.MatchConstraints)
	})
	onDecode(func(b *admissionv1.ValidatingAdmissionPolicyBinding) {
		defaultMatch(b.Spec.MatchResources)
	})
	onDecode(func(p *admissionv1.MutatingAdmissionPolicy) {
		defaults.Set(&p.Spec.FailurePolicy, admissionv1.Fail)
		defaultMatch(p.Spec.MatchConstraints)
	})
	onDecode(func(b *admissionv1.MutatingAdmissionPolicyBinding) {
		defaultMatch(b.Spec.MatchResources)
	})
}

func onDecode[T any, PT object[T]](set func(PT)) {
	Scheme.AddTypeDefaultingFunc(PT(new(T)), func(o any) { set(o.(PT)) })
}

func defaultMatch(m *admissionv1.MatchResources) {
	if m == nil {
		return
	}
	defaults.Set(&m.MatchPolicy, admissionv1.Equivalent)
	defaults.Set(&m.NamespaceSelector, metav1.LabelSelector{})
	defaults.Set(&m.ObjectSelector, metav1.LabelSelector{})
	for _, rules := range [][]admissionv1.NamedRuleWithOperations{m.ResourceRules, m.ExcludeResourceRules} {
		for i := range rules {
			defaults.Set(&rules[i].Scope, admissionv1.AllScopes)
		}
	}
}

func defaultScopes(rules []admissionv1.RuleWithOperations) {
	for i := range rules {
		defaults.Set(&rules[i].Scope, admissionv1.AllScopes)
	}
}

func defaultService(s *admissionv1.ServiceReference) {
	if s != nil {
		defaults.Set(&s.Port, 443)
	}
}
