using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class PatternKeyword(Regex regex, string pattern) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind == JsonValueKind.String && !regex.IsMatch(value.GetString()!))
        {
            run.Fail($"must match {pattern}; was {Quote.Of(value)}");
        }
    }
}
