package kinds

import (
	admissionv1 "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// registerDefaults fills what the admission plugins take for granted: an
// absent selector, for one, would match nothing. Other kinds are not defaulted.
func registerDefaults() {
	onDecode(func(c *admissionv1.ValidatingWebhookConfiguration) {
		for i := range c.Webhooks {
			w := &c.Webhooks[i]
			setDefault(&w.FailurePolicy, admissionv1.Fail)
			setDefault(&w.MatchPolicy, admissionv1.Equivalent)
			setDefault(&w.NamespaceSelector, metav1.LabelSelector{})
			setDefault(&w.ObjectSelector, metav1.LabelSelector{})
			setDefault(&w.TimeoutSeconds, 10)
			defaultService(w.ClientConfig.Service)
			defaultScopes(w.Rules)
		}
	})
	onDecode(func(c *admissionv1.MutatingWebhookConfiguration) {
		for i := range c.Webhooks {
			w := &c.Webhooks[i]
			setDefault(&w.FailurePolicy, admissionv1.Fail)
			setDefault(&w.MatchPolicy, admissionv1.Equivalent)
			setDefault(&w.NamespaceSelector, metav1.LabelSelector{})
			setDefault(&w.ObjectSelector, metav1.LabelSelector{})
			setDefault(&w.TimeoutSeconds, 10)
			setDefault(&w.ReinvocationPolicy, admissionv1.NeverReinvocationPolicy)
			defaultService(w.ClientConfig.Service)
			defaultScopes(w.Rules)
		}
	})
	onDecode(func(p *admissionv1.ValidatingAdmissionPolicy) {
		setDefault(&p.Spec.FailurePolicy, admissionv1.Fail)
		defaultMatch(p.Spec.MatchConstraints)
	})
	onDecode(func(b *admissionv1.ValidatingAdmissionPolicyBinding) {
		defaultMatch(b.Spec.MatchResources)
	})
	onDecode(func(p *admissionv1.MutatingAdmissionPolicy) {
		setDefault(&p.Spec.FailurePolicy, admissionv1.Fail)
		defaultMatch(p.Spec.MatchConstraints)
	})
	onDecode(func(b *admissionv1.MutatingAdmissionPolicyBinding) {
		defaultMatch(b.Spec.MatchResources)
	})
}

func onDecode[T any, PT object[T]](set func(PT)) {
	Scheme.AddTypeDefaultingFunc(PT(new(T)), func(o any) { set(o.(PT)) })
}

func setDefault[T any](field **T, value T) {
	if *field == nil {
		*field = &value
	}
}

func defaultMatch(m *admissionv1.MatchResources) {
	if m == nil {
		return
	}
	setDefault(&m.MatchPolicy, admissionv1.Equivalent)
	setDefault(&m.NamespaceSelector, metav1.LabelSelector{})
	setDefault(&m.ObjectSelector, metav1.LabelSelector{})
	for _, rules := range [][]admissionv1.NamedRuleWithOperations{m.ResourceRules, m.ExcludeResourceRules} {
		for i := range rules {
			setDefault(&rules[i].Scope, admissionv1.AllScopes)
		}
	}
}

func defaultScopes(rules []admissionv1.RuleWithOperations) {
	for i := range rules {
		setDefault(&rules[i].Scope, admissionv1.AllScopes)
	}
}

func defaultService(s *admissionv1.ServiceReference) {
	if s != nil {
		setDefault(&s.Port, 443)
	}
}
