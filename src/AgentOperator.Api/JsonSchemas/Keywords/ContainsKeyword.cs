using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class ContainsKeyword(SchemaNode node, long min, long max) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        long found = 0;
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (run.Try(node, item, seen: null).Count == 0)
            {
                found++;
                seen?.Add(index);
            }

            index++;
        }

        if (found < min)
        {
            run.Fail($"must contain at least {min} items of the kind that \"contains\" asks for; had {found}");
        }
        else if (found > max)
        {
            run.Fail($"must contain at most {max} items of the kind that \"contains\" asks for; had {found}");
        }
    }
}
