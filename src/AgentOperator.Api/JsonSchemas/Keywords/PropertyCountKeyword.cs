using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class PropertyCountKeyword(long min, long max) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() is int count && (count < min || count > max))
        {
            run.Fail(count < min ? $"must have at least {min} properties; had {count}" : $"must have at most {max} properties; had {count}");
        }
    }
}
