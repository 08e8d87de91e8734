using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.AgentRuntime.Loop;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>What a message asks for: which skill, with which input.</summary>
/// <param name="Skill">Null when the message does not say.</param>
/// <param name="Input">An object.</param>
internal sealed record MessageInput(string? Skill, JsonObject Input)
{
    /// <summary>The skill is named by <c>metadata.skillId</c> of message or request, or by a data part with <c>skillId</c> (and <c>input</c>). Data parts are fields of the input; text is its field <c>text</c>.</summary>
    public static MessageInput Read(A2AMessage message, JsonElement? requestMetadata)
    {
        string? skill = Text(message.Metadata, "skillId") ?? Text(requestMetadata, "skillId");
        JsonObject input = [];
        foreach (A2APart part in message.Parts.Where(static part => part.Data is { ValueKind: JsonValueKind.Object }))
        {
            JsonObject fields = JsonNode.Parse(part.Data!.Value.GetRawText())!.AsObject();
            if (Text(part.Data, "skillId") is { } named)
            {
                skill ??= named;
                fields.Remove("skillId");
                fields = fields.Count == 1 && fields["input"] is JsonObject inner ? inner.DeepClone().AsObject() : fields;
            }

            Merge(input, fields);
        }

        string text = string.Join('\n', message.Parts.Where(static part => part.Text is not null).Select(static part => part.Text));
        if (text.Length > 0 && !input.ContainsKey("text"))
        {
            input["text"] = text;
        }

        return new MessageInput(skill, input);
    }

    public static void Merge(JsonObject target, JsonObject source)
    {
        foreach ((string name, JsonNode? value) in source)
        {
            target[name] = value?.DeepClone();
        }
    }

    /// <summary>The input as the skill takes it. People write text: where the schema has no <c>text</c>, the text is read as JSON, or taken for the only field that must be there.</summary>
    public static JsonElement Fit(JsonObject input, SkillPlan skill)
    {
        JsonElement given = JsonValues.Of(input);
        if (skill.Input is null || skill.Input.Validate(given).Count == 0 || input["text"] is not JsonValue value || !value.TryGetValue(out string? text))
        {
            return given;
        }

        JsonObject rest = input.DeepClone().AsObject();
        rest.Remove("text");
        if (text.AsSpan().TrimStart().StartsWith("{"))
        {
            try
            {
                JsonObject fields = JsonNode.Parse(text)!.AsObject();
                Merge(fields, rest);
                return JsonValues.Of(fields);
            }
            catch (JsonException)
            {
                // It is text that begins with a brace.
            }
        }

        JsonElement schema = skill.Skill.Input!.Value;
        if (schema.TryGetProperty("required", out JsonElement required) && required.ValueKind == JsonValueKind.Array)
        {
            string[] open = [.. required.EnumerateArray().Select(static name => name.GetString()!).Where(name => !rest.ContainsKey(name))];
            if (open is [string only] && only != "text")
            {
                rest[only] = text;
                JsonElement filled = JsonValues.Of(rest);
                return skill.Input.Validate(filled).Count == 0 ? filled : given;
            }
        }

        return given;
    }

    private static string? Text(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
