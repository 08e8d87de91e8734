using AgentOperator.Kube.Models;

namespace AgentOperator.Kube.Reading;

/// <summary>What identifies any object: all that a bookmark has, and all that an unreadable object is asked for, so that odd metadata can be told with its name.</summary>
internal sealed record PartialObject
{
    public Identity? Metadata { get; init; }

    public ObjectMeta ToMetadata() => new() { Name = Metadata?.Name, Namespace = Metadata?.Namespace, Uid = Metadata?.Uid, ResourceVersion = Metadata?.ResourceVersion };

    internal sealed record Identity
    {
        public string? Name { get; init; }

        public string? Namespace { get; init; }

        public string? Uid { get; init; }

        public string? ResourceVersion { get; init; }
    }
}
