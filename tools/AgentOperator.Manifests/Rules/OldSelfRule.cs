using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>No <c>oldSelf</c> under a list without keys: the API server cannot tell which old item became which new one.</summary>
internal sealed class OldSelfRule : ISchemaRule
{
    public IEnumerable<string> Check(SchemaNode node) =>
        node is { Items: { } items, ListMapKey: null }
            ? Under(items).SelectMany(inner => inner.Validations).Where(rule => rule.Rule.Contains("oldSelf", StringComparison.Ordinal))
                .Select(rule => $"CEL rule \"{rule.Rule}\" compares with oldSelf inside a list without keys: add [ListMap], or put the rule on the list")
            : [];

    private static IEnumerable<SchemaNode> Under(SchemaNode node) =>
        node.Properties.Select(property => property.Schema).Append(node.AdditionalProperties).Append(node.Items is null || node.ListMapKey is null ? null : node.Items)
            .OfType<SchemaNode>().SelectMany(Under).Prepend(node);
}
