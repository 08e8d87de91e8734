using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class UnevaluatedItemsKeyword(SchemaNode node) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (!seen!.Has(index))
            {
                run.Apply(node, item, index);
                seen.Add(index);
            }

            index++;
        }
    }
}
