using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class EnumKeyword(IReadOnlyList<JsonElement> values) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        foreach (JsonElement allowed in values)
        {
            if (JsonElement.DeepEquals(allowed, value))
            {
                return;
            }
        }

        string list = Quote.List([.. values.Select(static allowed => Quote.Of(allowed))]);
        run.Fail(values.Count == 1 ? $"must be {list}; was {Quote.Of(value)}" : $"must be one of {list}; was {Quote.Of(value)}");
    }
}
