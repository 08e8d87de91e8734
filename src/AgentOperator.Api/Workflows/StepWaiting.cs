using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>Why a step does not run.</summary>
public sealed record StepWaiting
{
    /// <summary>One of <see cref="WaitingReasons"/>.</summary>
    [Bounds(1, 64)]
    public required string Reason { get; init; }

    /// <summary>When the wait ends, where that is known: absolute, so that a restart does not begin it anew.</summary>
    public MicroTime? Until { get; init; }

    /// <summary>What it waits for.</summary>
    [Bounds(0, 4096)]
    public string? Message { get; init; }
}
