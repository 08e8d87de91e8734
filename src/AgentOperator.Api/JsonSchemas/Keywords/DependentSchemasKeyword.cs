using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class DependentSchemasKeyword(IReadOnlyDictionary<string, SchemaNode> dependencies) : Keyword
{
    public override IEnumerable<SchemaNode> InPlace => dependencies.Values;

    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach ((string name, SchemaNode node) in dependencies)
        {
            if (value.TryGetProperty(name, out _))
            {
                run.Apply(node, value, seen);
            }
        }
    }
}
