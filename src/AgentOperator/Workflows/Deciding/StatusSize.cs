using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.RunSpecs;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Keeps a status well below what etcd takes: sentences on steps that have ended are cut, and a condition says so. Nothing that a decision is made from is.</summary>
internal static class StatusSize
{
    public const int MaxBytes = 256 * 1024;

    /// <summary>Condition of a status whose sentences were cut.</summary>
    public const string Truncated = "StatusTruncated";

    // Fewer steps cannot come near the limit with the longest sentences that there are.
    private const int FewSteps = 50;
    private const int Cut = 80;

    public static WorkflowStatus Fit(WorkflowStatus status, DateTimeOffset now)
    {
        if (RunParts.All(status).Take(FewSteps + 1).Count() <= FewSteps || Bytes(status) <= MaxBytes)
        {
            return status;
        }

        return status with
        {
            Steps = Shorten(status.Steps),
            Compensations = Shorten(status.Compensations),
            Finally = Shorten(status.Finally),
            Conditions = Conditions.With(status.Conditions, new ConditionState(Truncated, ConditionStatus.True, "TooLarge", $"sentences on steps that have ended are cut, so that status stays below {MaxBytes / 1024} KiB; events and logs have them whole"), status.ObservedGeneration, now),
        };
    }

    /// <summary>What was cut once in a run stays cut, and is said to be.</summary>
    public static IReadOnlyList<Condition> Keep(IReadOnlyList<Condition>? before, IReadOnlyList<Condition> merged) =>
        before?.FirstOrDefault(static condition => condition.Type == Truncated) is { } cut ? [.. merged, cut] : merged;

    private static int Bytes(WorkflowStatus status) => JsonSerializer.SerializeToUtf8Bytes(RunSpecStore.Strip(status), ApiJsonContext.Default.WorkflowStatus).Length;

    private static IReadOnlyList<StepStatus>? Shorten(IReadOnlyList<StepStatus>? steps) =>
        steps is null ? null : [.. steps.Select(static step => StepPhases.IsFinal(step.Phase) && step.Message?.Length > Cut ? step with { Message = string.Concat(step.Message.AsSpan(0, Cut), "…") } : step)];
}
