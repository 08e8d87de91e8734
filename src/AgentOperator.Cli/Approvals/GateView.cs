using AgentOperator.Api.Approvals;
using AgentOperator.Kube.Models;

namespace AgentOperator.Cli.Approvals;

/// <summary>An open gate in <c>-o json</c>.</summary>
internal sealed record GateView
{
    public required string Namespace { get; init; }

    public required string Workflow { get; init; }

    public required string Gate { get; init; }

    public long? Run { get; init; }

    public int? Visit { get; init; }

    public string? Digest { get; init; }

    public string? Message { get; init; }

    /// <summary>Approvals that count, of those that are needed: <c>1/2</c>.</summary>
    public string? Progress { get; init; }

    public IReadOnlyList<string>? ApprovedBy { get; init; }

    public string? Missing { get; init; }

    public MicroTime? OpenedAt { get; init; }

    public MicroTime? Deadline { get; init; }

    public GatePolicy? Policy { get; init; }

    public static GateView Of(OpenGate gate) => new()
    {
        Namespace = gate.Workflow.Metadata.Namespace ?? "",
        Workflow = gate.Workflow.Metadata.Name ?? "",
        Gate = gate.Name,
        Run = gate.Workflow.Status?.Run,
        Visit = gate.Step.Status?.Visit,
        Digest = gate.Gate.Digest,
        Message = gate.Gate.Message,
        Progress = gate.Gate.Progress,
        ApprovedBy = gate.Gate.ApprovedBy,
        Missing = gate.Gate.Missing,
        OpenedAt = gate.Gate.OpenedAt,
        Deadline = gate.Gate.Deadline,
        Policy = gate.Gate.Policy,
    };
}
