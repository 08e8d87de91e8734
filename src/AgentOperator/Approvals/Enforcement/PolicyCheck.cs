using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.AdmissionRegistration;

namespace AgentOperator.Approvals.Enforcement;

/// <summary>Finds exemptions in a policy. One by label is the worst: a namespace may be relabelled for a moment, and nothing of the policy changes.</summary>
internal static class PolicyCheck
{
    /// <summary>What lets some requests pass; null when nothing does.</summary>
    public static string? Problem(ValidatingAdmissionPolicy policy, ValidatingAdmissionPolicyBinding binding)
    {
        ValidatingAdmissionPolicySpec? rules = policy.Spec;
        ValidatingAdmissionPolicyBindingSpec? bound = binding.Spec;
        return rules?.FailurePolicy is not (null or "Fail") ? "failurePolicy is not Fail"
            : rules?.Validations is null or [] ? "there are no validations"
            : rules.MatchConditions is { Count: > 0 } ? "it has matchConditions"
            : rules.ParamKind is not null || bound?.ParamRef is not null ? "it has parameters"
            : rules.MatchConstraints is not { } match ? "it has no matchConstraints"
            : IsGiven(match.NamespaceSelector) ? "it has a namespaceSelector"
            : IsGiven(match.ObjectSelector) ? "it has an objectSelector"
            : match.ExcludeResourceRules is { Count: > 0 } ? "it has excludeResourceRules"
            : match.ResourceRules?.Any(static rule => rule.ResourceNames is { Count: > 0 } || rule.Scope is not (null or "*")) == true ? "it is limited to some objects"
            : bound?.PolicyName != policy.Metadata.Name ? "the binding is of another policy"
            : bound?.ValidationActions?.Contains("Deny") != true ? "the binding does not deny"
            : bound.MatchResources is { } only && (IsGiven(only.NamespaceSelector) || IsGiven(only.ObjectSelector) || only.ResourceRules is { Count: > 0 } || only.ExcludeResourceRules is { Count: > 0 }) ? "the binding has matchResources"
            : null;
    }

    private static bool IsGiven(LabelSelector? selector) => selector is { MatchLabels.Count: > 0 } or { MatchExpressions.Count: > 0 };
}
