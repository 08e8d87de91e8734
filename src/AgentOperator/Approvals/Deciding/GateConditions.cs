using AgentOperator.Api;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Approvals.Deciding;

/// <summary>What conditions say of a run that waits for people: kstatus reads it as in progress, and Argo CD's health script as suspended.</summary>
internal static class GateConditions
{
    public const string AwaitingApproval = "AwaitingApproval";

    /// <summary>Ready and Reconciling of a run of which a step waits for people; null when none does.</summary>
    public static IReadOnlyList<ConditionState>? Ready(string phase, IReadOnlyList<StepStatus> steps) => Text(phase, steps) is not { } message ? null :
    [
        new(ConditionTypes.Ready, ConditionStatus.False, AwaitingApproval, message),
        new(ConditionTypes.Reconciling, ConditionStatus.True, AwaitingApproval, message),
    ];

    /// <summary>What else there is to say of gates.</summary>
    public static IEnumerable<ConditionState> Further(WorkflowStatus status, string phase, IReadOnlyList<StepStatus> steps)
    {
        if (Text(phase, steps) is { } message)
        {
            yield return new(ConditionTypes.AwaitingApproval, ConditionStatus.True, "WaitingForPeople", message);
        }

        foreach (StepStatus step in Open(phase, steps).Where(static step => step.Gate?.Problem is not null).Take(1))
        {
            yield return new(ConditionTypes.ApprovalsEnforced, ConditionStatus.False, "NotEnforced", Sentence.Limit($"gate {step.Name} stays shut: {step.Gate!.Problem}"));
        }

        foreach (StepStatus step in Open(phase, steps).Where(static step => step.Gate?.Voided is not null).Take(1))
        {
            yield return new(ConditionTypes.ApprovalsVoided, ConditionStatus.True, "DigestChanged", Sentence.Limit($"gate {step.Name}: {step.Gate!.Voided}"));
        }

        if (status.Approvals is { } chain && ApprovalChain.FirstBroken(chain) is { } broken)
        {
            yield return new(ConditionTypes.ApprovalsIntact, ConditionStatus.False, "ChainBroken", $"status.approvals[{broken}] is not what it was, or a record before it is gone: the operator's log and the audit log have them all");
        }
    }

    private static IEnumerable<StepStatus> Open(string phase, IReadOnlyList<StepStatus> steps) =>
        WorkflowPhases.IsFinal(phase) ? [] : steps.Where(static step => step.Waiting?.Reason == WaitingReasons.Approval);

    private static string? Text(string phase, IReadOnlyList<StepStatus> steps)
    {
        string text = string.Join("; ", Open(phase, steps).Select(static step => $"{step.Name} {step.Gate?.Progress}".TrimEnd() + $": {step.Waiting!.Message}"));
        return text.Length == 0 ? null : Sentence.Limit(text);
    }
}
