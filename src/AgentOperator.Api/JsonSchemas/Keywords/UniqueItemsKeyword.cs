using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class UniqueItemsKeyword : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        Dictionary<JsonElement, int> places = new(ValueComparer.Instance);
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (!places.TryAdd(item, index))
            {
                run.Fail($"must not hold equal items; items {places[item]} and {index} are equal");
                return;
            }

            index++;
        }
    }
}
