using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class DependentRequiredKeyword(IReadOnlyDictionary<string, IReadOnlyList<string>> dependencies) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach ((string name, IReadOnlyList<string> needed) in dependencies)
        {
            foreach (string other in value.TryGetProperty(name, out _) ? needed : [])
            {
                if (!value.TryGetProperty(other, out _))
                {
                    run.Fail($"must have the property {Quote.Of(other)}, because it has {Quote.Of(name)}");
                }
            }
        }
    }
}
