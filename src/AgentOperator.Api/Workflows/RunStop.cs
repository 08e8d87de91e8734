using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Workflows;

/// <summary>Why a run is being stopped before its steps have ended.</summary>
public sealed record RunStop
{
    /// <summary>What stops it: Cancelled (a request), Replaced (a change of the spec), DeadlineExceeded (timeouts.run) or Deleted.</summary>
    [Bounds(0, 64)]
    public required string Reason { get; init; }

    /// <summary>Graceful: finally runs. Immediate: it does not.</summary>
    [OneOf(CancelModes.Graceful, CancelModes.Immediate)]
    public required string Mode { get; init; }

    /// <summary>When it was decided.</summary>
    public required MicroTime At { get; init; }
}
