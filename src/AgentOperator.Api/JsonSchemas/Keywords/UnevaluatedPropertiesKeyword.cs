using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class UnevaluatedPropertiesKeyword(SchemaNode node) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!seen!.Has(property.Name))
            {
                run.Apply(node, property.Value, property.Name);
                seen.Add(property.Name);
            }
        }
    }
}
