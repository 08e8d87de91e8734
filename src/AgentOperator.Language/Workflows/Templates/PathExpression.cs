using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace AgentOperator.Workflows.Templates;

/// <summary>The expression that most texts hold: one path, for which no program is needed.</summary>
internal sealed class PathExpression(ValuePath path) : IExpression
{
    public IEnumerable<ValuePath> References => [path];

    /// <summary>True when the text is nothing but a path.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PathExpression? expression)
    {
        ValuePath? path = text.Split('.') switch
        {
            ["params", { } name] when IsName(name) => new ValuePath(ValueSource.Param, null, name),
            ["steps", { } step, "outputs", { } name] when IsStep(step) && IsName(name) => new ValuePath(ValueSource.Output, step, name),
            ["steps", { } step, "phase"] when IsStep(step) => new ValuePath(ValueSource.StepPhase, step, "phase"),
            ["run", { } name] when IsName(name) => new ValuePath(ValueSource.Run, null, name),
            [("item" or "index") and var name] => new ValuePath(ValueSource.Item, null, name),
            _ => null,
        };
        expression = path is null ? null : new PathExpression(path);
        return path is not null;
    }

    public JsonElement Evaluate(IValueScope scope) => scope.Resolve(path);

    private static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool IsStep(string text) => text.Length > 0 && text[0] != '-' && text[^1] != '-' && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
