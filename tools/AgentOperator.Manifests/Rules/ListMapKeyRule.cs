using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>The key of a map list is a required scalar of its items: the API server merges by it.</summary>
internal sealed class ListMapKeyRule : ISchemaRule
{
    public IEnumerable<string> Check(SchemaNode node)
    {
        if (node.ListMapKey is not { } key)
        {
            return [];
        }

        return node.Items?.Properties.FirstOrDefault(property => property.Name == key) switch
        {
            null => [$"[ListMap(\"{key}\")] names no property of the items"],
            { Required: false } => [$"[ListMap(\"{key}\")]: {key} must be required in the items"],
            { Schema.Type: "object" or "array" or null } => [$"[ListMap(\"{key}\")]: {key} must be a scalar"],
            _ => [],
        };
    }
}
