using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class RequiredKeyword(IReadOnlyList<string> names) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        foreach (string name in value.ValueKind == JsonValueKind.Object ? names : [])
        {
            if (!value.TryGetProperty(name, out _))
            {
                run.Fail($"must have the property {Quote.Of(name)}");
            }
        }
    }
}
