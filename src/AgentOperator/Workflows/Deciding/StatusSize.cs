using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.RunSpecs;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Keeps a status well below what etcd takes: sentences, and places of items of steps that have ended, are cut, and a condition says so. Nothing that a decision is made from is.</summary>
internal static class StatusSize
{
    public const int MaxBytes = 256 * 1024;

    /// <summary>Condition of a status whose sentences were cut.</summary>
    public const string Truncated = "StatusTruncated";

    // Fewer steps cannot come near the limit with the longest sentences that there are.
    private const int FewSteps = 50;
    private const int FewItems = 1000;
    private const int Cut = 120;

    // JSON writes what is not plain ASCII as \uXXXX.
    private const int EscapedBytes = 6;
    private const int CutPlaces = 256;

    public static WorkflowStatus Fit(WorkflowStatus status, DateTimeOffset now)
    {
        if (!MayBeLarge(status) || Bytes(status) <= MaxBytes)
        {
            return status;
        }

        return status with
        {
            Steps = Shorten(status.Steps),
            Compensations = Shorten(status.Compensations),
            Finally = Shorten(status.Finally),
            Conditions = Conditions.With(status.Conditions, new ConditionState(Truncated, ConditionStatus.True, "TooLarge", $"sentences, and places of items on steps that have ended, are cut, so that status stays below {MaxBytes / 1024} KiB; the logs of the steps have them whole"), status.ObservedGeneration, now),
        };
    }

    /// <summary>What was cut once in a run stays cut, and is said to be.</summary>
    public static IReadOnlyList<Condition> Keep(IReadOnlyList<Condition>? before, IReadOnlyList<Condition> merged) =>
        before?.FirstOrDefault(static condition => condition.Type == Truncated) is { } cut ? [.. merged, cut] : merged;

    private static int Bytes(WorkflowStatus status) => JsonSerializer.SerializeToUtf8Bytes(RunSpecStore.Strip(status), ApiJsonContext.Default.WorkflowStatus).Length;

    private static bool MayBeLarge(WorkflowStatus status)
    {
        int steps = 0;
        int items = 0;
        foreach (StepStatus step in RunParts.All(status))
        {
            steps++;
            items += step.Items?.Total ?? 0;
        }

        return steps > FewSteps || items > FewItems;
    }

    private static IReadOnlyList<StepStatus>? Shorten(IReadOnlyList<StepStatus>? steps) => steps is null ? null : [.. steps.Select(Shorten)];

    private static StepStatus Shorten(StepStatus step) => StepPhases.IsFinal(step.Phase)
        ? step with
        {
            Message = Shorten(step.Message),
            Items = step.Items is { } items ? items with { Attempts = null, Succeeded = Places(items.Succeeded), Failed = Places(items.Failed) } : null,
        }
        : step.Waiting is { Reason: WaitingReasons.Dependency, Message: { } message } waiting ? step with { Waiting = waiting with { Message = Shorten(message)! } }
        : step;

    /// <summary>As much of a sentence as has <see cref="Cut"/> bytes in JSON.</summary>
    private static string? Shorten(string? sentence)
    {
        if (sentence is null || sentence.Length <= Cut / EscapedBytes)
        {
            return sentence;
        }

        int length = 0;
        for (int room = Cut; length < sentence.Length; length++)
        {
            room -= char.IsAsciiLetterOrDigit(sentence[length]) || sentence[length] == ' ' ? 1 : EscapedBytes;
            if (room < 0)
            {
                return string.Concat(sentence.AsSpan(0, length > 0 && char.IsHighSurrogate(sentence[length - 1]) ? length - 1 : length), "…");
            }
        }

        return sentence;
    }

    /// <summary>Whole ranges, as many as there is room for.</summary>
    private static string? Places(string? ranges) => ranges is null || ranges.Length <= CutPlaces ? ranges : ranges[..ranges.LastIndexOf(',', CutPlaces)];
}
