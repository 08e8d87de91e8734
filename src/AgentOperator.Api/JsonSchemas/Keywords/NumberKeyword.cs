using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class NumberKeyword(ExactNumber limit, string shown, string rule, Func<ExactNumber, ExactNumber, bool?> holds) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind == JsonValueKind.Number && holds(ExactNumber.Of(value), limit) != true)
        {
            run.Fail($"must be {rule} {shown}; was {Quote.Of(value)}");
        }
    }
}
