using System.Text.Json;
using AgentOperator.Cel;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Triggers.Events;

/// <summary>Expressions over <c>event</c>: conditions, and values with <c>{{ }}</c>. Nothing else is known to them: an event comes from outside, and reads neither params nor results.</summary>
internal static class EventExpressions
{
    /// <exception cref="TemplateException">The condition does not compile, or is none.</exception>
    public static void Check(string when) => Condition(when);

    /// <exception cref="TemplateException">What stands in <c>{{ }}</c> does not compile.</exception>
    public static void Check(JsonElement value)
    {
        foreach ((_, string text) in JsonTemplate.Texts("", value))
        {
            TemplateText.Parse(text, Language(default));
        }
    }

    /// <summary>Whether a condition holds for an event.</summary>
    /// <exception cref="TemplateException">It cannot be told.</exception>
    public static bool IsTrue(string when, JsonElement body) =>
        Condition(when).Evaluate(body) is { Kind: CelKind.Bool } value ? value.AsBool() : throw new TemplateException($"when \"{when}\" gives no true or false");

    /// <summary>A value with what its texts stand for: one whole <c>{{ }}</c> keeps the type.</summary>
    /// <exception cref="TemplateException">Some text has no value.</exception>
    public static JsonElement Render(JsonElement value, JsonElement body) => JsonTemplate.Render(value, EventExpression.Scope, Language(body));

    private static Func<string, IExpression> Language(JsonElement body) => source => EventExpression.Parse(source, body);

    private static EventExpression Condition(string when)
    {
        EventExpression expression = EventExpression.Parse(when, default);
        return expression.Type.Kind is CelTypeKind.Bool or CelTypeKind.Dyn ? expression : throw new TemplateException($"when \"{when}\" gives {expression.Type}, not true or false");
    }
}
