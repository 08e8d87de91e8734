using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.AgentRuntime.Prompts;
using AgentOperator.Api.JsonSchemas;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Loop;

/// <summary>How a skill's answer must look. Without a schema it is text. With one, the model is asked for an object with <c>result</c> (under the schema), <c>reasoning</c>,
/// <c>confidence</c>, <c>humanReviewRequired</c> and <c>nextRole</c>; a bare result is taken too.</summary>
internal sealed class AnswerFormat
{
    private const string Words = """
        Answer with one JSON object and nothing else. Its field "result" holds the answer. You may add "reasoning" (why, in one or two sentences), "confidence" (0 to 1), "humanReviewRequired" (true when a person should look at it) and "nextRole" (the role that should go on).
        """;

    private static readonly string[] Fields = ["result", "reasoning", "confidence", "humanReviewRequired", "nextRole"];

    private readonly JsonSchema? _schema;

    private AnswerFormat(JsonSchema? schema, JsonElement? wrapper)
    {
        _schema = schema;
        ResponseFormat = wrapper is { } form ? ChatResponseFormat.ForJsonSchema(form, "answer") : null;
    }

    /// <summary>Null for text.</summary>
    public ChatResponseFormat? ResponseFormat { get; }

    public bool IsText => _schema is null;

    /// <summary>What the model is told; null for text.</summary>
    public string? Instructions => IsText ? null : Words;

    public static AnswerFormat Create(JsonElement? output, string path, List<string> problems)
    {
        JsonSchema? schema = Schemas.Parse(output, path, problems);
        return new AnswerFormat(schema, schema is null ? null : Wrap(output!.Value));
    }

    /// <summary>The answer, or null and what is wrong with it, for the model to read.</summary>
    public ModelAnswer? Read(string text, out IReadOnlyList<string> violations)
    {
        violations = [];
        if (_schema is null)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                return new ModelAnswer { Result = JsonValues.Of(text) };
            }

            violations = ["the answer is empty"];
            return null;
        }

        JsonElement value;
        try
        {
            value = JsonElement.Parse(Unfenced(text));
        }
        catch (JsonException)
        {
            violations = ["the answer is no JSON"];
            return null;
        }

        IReadOnlyList<SchemaViolation> bare;
        if (IsWrapped(value))
        {
            JsonElement result = value.GetProperty("result");
            IReadOnlyList<SchemaViolation> inner = _schema.Validate(result);
            if (inner.Count == 0)
            {
                return Unwrap(value, result);
            }

            bare = _schema.Validate(value);
            if (bare.Count == 0)
            {
                return new ModelAnswer { Result = value };
            }

            violations = [.. inner.Select(static violation => $"result{violation}")];
            return null;
        }

        bare = _schema.Validate(value);
        violations = [.. bare.Select(static violation => violation.ToString())];
        return bare.Count == 0 ? new ModelAnswer { Result = value } : null;
    }

    private static bool IsWrapped(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("result", out _) && value.EnumerateObject().All(static field => Fields.Contains(field.Name));

    private static ModelAnswer Unwrap(JsonElement value, JsonElement result) => new()
    {
        Result = result,
        Reasoning = Text(value, "reasoning"),
        Confidence = value.TryGetProperty("confidence", out JsonElement confidence) && confidence.ValueKind == JsonValueKind.Number
            && confidence.TryGetDouble(out double number) && number is >= 0 and <= 1 ? number : null,
        HumanReviewRequired = value.TryGetProperty("humanReviewRequired", out JsonElement review) && review.ValueKind == JsonValueKind.True,
        NextRole = Text(value, "nextRole"),
    };

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } given ? given : null;

    /// <summary>Models like to put JSON between fences.</summary>
    private static string Unfenced(string text)
    {
        string trimmed = text.Trim();
        if (!trimmed.StartsWith("```", StringComparison.Ordinal) || !trimmed.EndsWith("```", StringComparison.Ordinal) || trimmed.IndexOf('\n', StringComparison.Ordinal) is not (> 0 and int line))
        {
            return trimmed;
        }

        return line < trimmed.Length - 3 ? trimmed[(line + 1)..^3] : trimmed;
    }

    private static JsonElement Wrap(JsonElement output)
    {
        JsonNode result = JsonNode.Parse(output.GetRawText())!;
        Rebase(result);
        JsonObject wrapper = new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["result"] = result,
                ["reasoning"] = new JsonObject { ["type"] = "string", ["description"] = "Why, in one or two sentences." },
                ["confidence"] = new JsonObject { ["type"] = "number", ["description"] = "How sure you are, from 0 to 1." },
                ["humanReviewRequired"] = new JsonObject { ["type"] = "boolean", ["description"] = "True when a person should look at the result." },
                ["nextRole"] = new JsonObject { ["type"] = "string", ["description"] = "Role that should go on; empty when nobody." },
            },
            ["required"] = new JsonArray("result"),
            ["additionalProperties"] = false,
        };
        return JsonElement.Parse(wrapper.ToJsonString());
    }

    /// <summary>References count from the root, which the schema no longer is.</summary>
    private static void Rebase(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                fields.Remove("$schema");
                fields.Remove("$id");
                if (fields["$ref"] is JsonValue reference && reference.TryGetValue(out string? target) && target.StartsWith('#'))
                {
                    fields["$ref"] = $"#/properties/result{target[1..]}";
                }

                foreach ((_, JsonNode? child) in fields)
                {
                    Rebase(child);
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Rebase(item);
                }

                break;
        }
    }
}
