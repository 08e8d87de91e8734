using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Garbage;

/// <summary>A list of objects' metadata.</summary>
internal sealed record MetadataList
{
    public ListMeta Metadata { get => field ?? new(); init; }

    public IReadOnlyList<MetadataObject> Items { get => field ?? []; init; }
}
