using AgentOperator.Kube.Models;

namespace AgentOperator.Kube.Reading;

/// <summary>Metadata of any object: all that a bookmark has, and all that an unreadable object is asked for.</summary>
internal sealed record PartialObject
{
    public ObjectMeta Metadata { get; init; } = new();
}
