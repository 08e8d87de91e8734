using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Cli.Runs;

/// <summary>One step of a run as it is shown.</summary>
internal sealed record StepView
{
    public required string Name { get; init; }

    /// <summary>container, agent, prompt, tool, consensus, workflow, approval or wait; null where the spec is not at hand.</summary>
    public string? Kind { get; init; }

    public required string Phase { get; init; }

    public IReadOnlyList<string> Needs { get; init; } = [];

    public int Attempt { get; init; }

    public int? Visit { get; init; }

    public int? MaxVisits { get; init; }

    public string? Goto { get; init; }

    public ItemCounts? Items { get; init; }

    public MicroTime? StartedAt { get; init; }

    public MicroTime? FinishedAt { get; init; }

    public string? Cost { get; init; }

    public StepWaiting? Waiting { get; init; }

    public MicroTime? DueAt { get; init; }

    /// <summary>Decisions on an approval step.</summary>
    public GateStatus? Gate { get; init; }

    public int? ExitCode { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public long? ReusedFrom { get; init; }

    public string? Job { get; init; }

    /// <summary>The run of a workflow step.</summary>
    public RunView? Workflow { get; init; }
}
