using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class ItemCountKeyword(long min, long max) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is int count && (count < min || count > max))
        {
            run.Fail(count < min ? $"must have at least {min} items; had {count}" : $"must have at most {max} items; had {count}");
        }
    }
}
