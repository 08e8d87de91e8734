using System.Text;
using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class LengthKeyword(long min, long max) : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return;
        }

        long length = 0;
        foreach (Rune _ in value.GetString()!.EnumerateRunes())
        {
            length++;
        }

        if (length < min || length > max)
        {
            run.Fail(length < min ? $"must have at least {min} characters; had {length}" : $"must have at most {max} characters; had {length}");
        }
    }
}
