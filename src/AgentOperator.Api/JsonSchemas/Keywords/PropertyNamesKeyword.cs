using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class PropertyNamesKeyword(SchemaNode node) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            JsonElement name = JsonSerializer.SerializeToElement(property.Name, SchemaJsonContext.Default.String);
            if (run.Try(node, name, seen: null) is [SchemaViolation first, ..])
            {
                run.Fail($"must not have the property {Quote.Of(property.Name)}: its name {first.Message}");
            }
        }
    }
}
