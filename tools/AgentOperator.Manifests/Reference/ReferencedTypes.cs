using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Reference;

/// <summary>The types below a node, each once, in the order in which a reader meets them.</summary>
internal static class ReferencedTypes
{
    public static IEnumerable<SchemaNode> Of(SchemaNode root) => Below(root).Where(node => node is { Name: not null, Properties.Count: > 0 }).DistinctBy(node => node.Name);

    private static IEnumerable<SchemaNode> Below(SchemaNode node) =>
        node.Properties.Select(property => property.Schema).Append(node.Items).Append(node.AdditionalProperties)
            .OfType<SchemaNode>().SelectMany(child => Below(child).Prepend(child));
}
