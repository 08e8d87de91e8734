using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>Strings, lists and maps are bounded: the API server estimates from it what CEL costs, and refuses what costs too much.</summary>
internal sealed class BoundedRule : ISchemaRule
{
    public IEnumerable<string> Check(SchemaNode node)
    {
        if (node.Size is null && What(node) is { } what)
        {
            yield return $"{what} needs an upper bound: add [Bounds], or [ItemBounds] on the list or map that holds it";
        }
    }

    private static string? What(SchemaNode node) => node switch
    {
        { Type: "string", Format: null, Enum: [] } => "a string",
        { Type: "array" } => "a list",
        { AdditionalProperties: not null } => "a map",
        _ => null,
    };
}
