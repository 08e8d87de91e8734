using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers.Owning;

/// <summary>The part of any object that an adoption changes.</summary>
internal sealed record Ownership
{
    public required ObjectMeta Metadata { get; init; }
}
