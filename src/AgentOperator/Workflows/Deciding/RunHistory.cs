using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Ended runs, newest first.</summary>
internal static class RunHistory
{
    private const int DefaultLimit = 10;

    /// <summary>History with the run that the status speaks of.</summary>
    public static IReadOnlyList<RunRecord>? With(WorkflowStatus run, int? limit) =>
        run.Run is null ? run.History : [.. new[] { Record(run) }.Concat(run.History ?? []).Take(limit ?? DefaultLimit)];

    /// <summary>A limit that was lowered holds at once.</summary>
    public static WorkflowStatus Trim(WorkflowStatus status, int? limit) =>
        status.History is { } history && history.Count > (limit ?? DefaultLimit) ? status with { History = [.. history.Take(limit ?? DefaultLimit)] } : status;

    private static RunRecord Record(WorkflowStatus run) => new()
    {
        Run = run.Run!.Value,
        Phase = run.Phase ?? WorkflowPhases.Pending,
        SpecDigest = run.SpecDigest,
        StartedAt = run.StartedAt,
        FinishedAt = run.FinishedAt,
        Attempts = run.Attempts,
        Message = run.Message,
    };
}
