namespace AgentOperator.Manifests.Schemas;

/// <summary>Keeps a CRD small: the fields of a record are described where the record comes first, and not again where it is used another time.</summary>
internal static class SaidOnce
{
    public static SchemaNode Of(SchemaNode root) => Of(root, []);

    private static SchemaNode Of(SchemaNode node, HashSet<Type> said)
    {
        bool isAgain = node.Source is { } source && !said.Add(source);
        return node with
        {
            Properties = [.. node.Properties.Select(property => property with { Schema = Of(isAgain ? property.Schema with { Description = null } : property.Schema, said) })],
            Items = node.Items is { } items ? Of(items, said) : null,
            AdditionalProperties = node.AdditionalProperties is { } values ? Of(values, said) : null,
        };
    }
}
