using AgentOperator.Kube.Models;

namespace AgentOperator.Cli.Runs;

/// <summary>A run as it is shown.</summary>
internal sealed record RunView
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public long? Run { get; init; }

    public required string Phase { get; init; }

    public string? Progress { get; init; }

    public MicroTime? StartedAt { get; init; }

    public MicroTime? FinishedAt { get; init; }

    public int? Attempts { get; init; }

    public string? Cost { get; init; }

    public string? Waiting { get; init; }

    public string? Message { get; init; }

    /// <summary>True when a person has to act before anything goes on.</summary>
    public bool IsStalled { get; init; }

    /// <summary>True while a change of the spec has not been taken up.</summary>
    public bool IsBehind { get; init; }

    public long? RerunOf { get; init; }

    public string? Trace { get; init; }

    public IReadOnlyList<StepView> Steps { get; init; } = [];

    public IReadOnlyList<StepView> Compensations { get; init; } = [];

    public IReadOnlyList<StepView> Finally { get; init; } = [];
}
