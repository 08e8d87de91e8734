using System.Text.RegularExpressions;

namespace AgentOperator.Workflows.Expressions;

/// <summary>Names of steps hold hyphens, which CEL reads as minus: <c>steps.run-tests.outputs.n</c> is taken as it is meant.</summary>
internal static partial class CelText
{
    // A string literal is matched first, so that nothing inside of it is changed.
    private const string Pattern = """(?<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<=\b(?:steps|previous)\.)(?<step>[a-z0-9]+(?:-+[a-z0-9]+)+)(?=\.(?:outputs|phase)\b)""";

    /// <summary>The text with such names in backticks.</summary>
    public static string Quote(string text) => text.Contains('-', StringComparison.Ordinal)
        ? Steps().Replace(text, static match => match.Groups["step"].Success ? $"`{match.Value}`" : match.Value)
        : text;

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Steps();
}
