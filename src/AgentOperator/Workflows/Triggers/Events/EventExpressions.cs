using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Cel;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Triggers.Events;

/// <summary>Expressions over <c>event</c>: conditions, and values with <c>{{ }}</c>. Nothing else is known to them: an event comes from outside, and reads neither params nor results.</summary>
internal static class EventExpressions
{
    private const string Variable = "event";
    private const string Elsewhere = "expressions of a trigger know event alone, such as event.body.action";

    private static readonly CelEnvironment Environment = CelEnvironment.Standard.With(Variable, CelType.Map(CelType.String, CelType.Dyn));

    /// <exception cref="TemplateException">The condition does not compile, or is none.</exception>
    public static void Check(string when) => Condition(when);

    /// <exception cref="TemplateException">What stands in <c>{{ }}</c> does not compile.</exception>
    public static void Check(JsonElement value)
    {
        foreach ((_, string text) in JsonTemplate.Texts("", value))
        {
            foreach ((_, CelProgram? program) in Parts(text))
            {
                _ = program;
            }
        }
    }

    /// <summary>Whether a condition holds for an event.</summary>
    /// <exception cref="TemplateException">It cannot be told.</exception>
    public static bool IsTrue(string when, JsonElement body) =>
        Evaluate(Condition(when), body) is { Kind: CelKind.Bool } value ? value.AsBool() : throw new TemplateException($"when \"{when}\" gives no true or false");

    /// <summary>A value with what its texts stand for: one whole <c>{{ }}</c> keeps the type.</summary>
    /// <exception cref="TemplateException">Some text has no value.</exception>
    public static JsonElement Render(JsonElement value, JsonElement body) => JsonSerializer.SerializeToElement(Build(value, body), OperatorJsonContext.Default.JsonNode);

    private static JsonNode? Build(JsonElement value, JsonElement body)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return Text(value.GetString()!, body);
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(item => Build(item, body))]);
            case JsonValueKind.Object:
                JsonObject map = [];
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    map[property.Name] = Build(property.Value, body);
                }

                return map;
            default:
                return JsonNode.Parse(value.GetRawText());
        }
    }

    private static JsonNode? Text(string text, JsonElement body)
    {
        List<(string Literal, CelProgram? Program)> parts = Parts(text);
        if (parts is [{ Literal: "", Program: { } whole }, { Literal: "", Program: null }])
        {
            return JsonNode.Parse(Evaluate(whole, body).ToJsonElement().GetRawText());
        }

        StringBuilder rendered = new();
        foreach ((string literal, CelProgram? program) in parts)
        {
            rendered.Append(literal);
            if (program is not null)
            {
                JsonElement value = Evaluate(program, body).ToJsonElement();
                rendered.Append(value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Null => "", _ => value.GetRawText() });
            }
        }

        return JsonValue.Create(rendered.ToString());
    }

    /// <summary>Literals, each followed by an expression but for the last.</summary>
    private static List<(string Literal, CelProgram? Program)> Parts(string text)
    {
        List<(string, CelProgram?)> parts = [];
        int position = 0;
        for (int open; (open = text.IndexOf("{{", position, StringComparison.Ordinal)) >= 0;)
        {
            int close = text.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0)
            {
                throw new TemplateException($"\"{{{{\" at character {open + 1} of \"{text}\" has no \"}}}}\"");
            }

            parts.Add((text[position..open], Compile(text[(open + 2)..close].Trim())));
            position = close + 2;
        }

        parts.Add((text[position..], null));
        return parts;
    }

    private static CelProgram Condition(string when)
    {
        CelProgram program = Compile(when);
        return program.ResultType.Kind is CelTypeKind.Bool or CelTypeKind.Dyn ? program : throw new TemplateException($"when \"{when}\" gives {program.ResultType}, not true or false");
    }

    private static CelProgram Compile(string text) =>
        Environment.TryCompile(text, out CelProgram? program, out IReadOnlyList<CelIssue> issues) ? program : throw new TemplateException($"\"{text}\": {issues[0]}; {Elsewhere}");

    private static CelValue Evaluate(CelProgram program, JsonElement body)
    {
        try
        {
            return program.Evaluate(new CelActivation(new Dictionary<string, CelValue>(StringComparer.Ordinal) { [Variable] = CelValue.From(body) }));
        }
        catch (CelEvaluationException error)
        {
            throw new TemplateException($"\"{program.Text}\": {error.Message}");
        }
    }
}
