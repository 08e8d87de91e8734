using AgentOperator.Local.Requests;

namespace AgentOperator.Local.Garbage;

/// <summary>An object and where it is served.</summary>
internal sealed record GraphNode(ServedKind Kind, MetadataObject Item)
{
    public string Uid => Item.Metadata.Uid ?? "";

    public override string ToString() => $"{Kind.Resource.Kind} {Item.Metadata.Namespace}/{Item.Metadata.Name}";
}
