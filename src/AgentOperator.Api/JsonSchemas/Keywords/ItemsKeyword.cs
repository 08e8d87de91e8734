using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class ItemsKeyword(IReadOnlyList<SchemaNode> prefix, SchemaNode? rest) : Keyword
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
            if ((index < prefix.Count ? prefix[index] : rest) is not { } node)
            {
                break;
            }

            run.Apply(node, item, index);
            seen?.Add(index);
            index++;
        }
    }
}
