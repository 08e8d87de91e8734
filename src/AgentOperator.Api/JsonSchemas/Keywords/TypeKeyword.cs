using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class TypeKeyword(IReadOnlyList<string> types) : Keyword
{
    public static readonly IReadOnlyList<string> Names = ["string", "number", "integer", "boolean", "object", "array", "null"];

    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        foreach (string type in types)
        {
            if (Is(value, type))
            {
                return;
            }
        }

        run.Fail($"must be of type {string.Join(" or ", types)}; was {Quote.Of(value)}");
    }

    private static bool Is(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && ExactNumber.Of(value).IsInteger),
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        _ => type == "null",
    };
}
