using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AgentOperator.Local.Dapr.Expressions;

/// <summary>The functions that there are: startsWith, endsWith, contains, matches, size and has.</summary>
internal static class Functions
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    public static Node Method(Token name, Node target, IReadOnlyList<Node> arguments) => (name.Text, arguments.Count) switch
    {
        ("startsWith", 1) => Texts(target, arguments[0], static (text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        ("endsWith", 1) => Texts(target, arguments[0], static (text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        ("contains", 1) => Texts(target, arguments[0], static (text, part) => text.Contains(part, StringComparison.Ordinal)),
        ("matches", 1) => Texts(target, arguments[0], IsMatch),
        ("size", 0) => cloudEvent => Size(target(cloudEvent)),
        _ => throw Unknown(name),
    };

    public static Node Global(Token name, IReadOnlyList<Node> arguments) => (name.Text, arguments.Count) switch
    {
        ("size", 1) => cloudEvent => Size(arguments[0](cloudEvent)),
        ("matches", 2) => Texts(arguments[0], arguments[1], IsMatch),
        ("has", 1) => Has(arguments[0]),
        _ => throw Unknown(name),
    };

    private static Node Has(Node field) => cloudEvent =>
    {
        try
        {
            field(cloudEvent);
            return true;
        }
        catch (ExpressionException)
        {
            return false;
        }
    };

    private static Node Texts(Node target, Node argument, Func<string, string, bool> function) => cloudEvent => target(cloudEvent) is string text && argument(cloudEvent) is string part
        ? function(text, part)
        : throw new ExpressionException("startsWith, endsWith, contains and matches need texts");

    private static bool IsMatch(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            throw new ExpressionException($"matches: {error.Message}");
        }
    }

    private static double Size(object? value) => value switch
    {
        string text => text.EnumerateRunes().Count(),
        JsonArray list => list.Count,
        JsonObject map => map.Count,
        object?[] items => items.Length,
        _ => throw new ExpressionException("size needs a text, a list or an object"),
    };

    private static ExpressionException Unknown(Token name) =>
        new($"position {name.Position}: the function {name.Text} is not supported in a rule of the local cluster; there are startsWith, endsWith, contains, matches, size and has");
}
