using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>Why a step does not run.</summary>
public sealed record StepWaiting
{
    /// <summary>What kind of thing it waits for, in one word: Dependency, Approval, Lock, Event, Timer, Checkpoint, Backoff, Parallelism, Paused, ImagePull, Unschedulable, NoPod, Reference, AgentNotReady, Channel; or the kubelet's word for it, such as ContainerCreating.</summary>
    [Bounds(1, 64)]
    public required string Reason { get; init; }

    /// <summary>When the wait ends, where that is known: absolute, so that a restart does not begin it anew.</summary>
    public MicroTime? Until { get; init; }

    /// <summary>One sentence on it.</summary>
    [Bounds(0, 4096)]
    public string? Message { get; init; }
}
