using System.Globalization;
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

    /// <summary>A message with its place in the text as it was written, before names were put in backticks.</summary>
    public static string Locate(string text, int line, int column, string message)
    {
        ReadOnlySpan<char> written = text.Split('\n')[line - 1];
        ReadOnlySpan<char> quoted = Quote(text).Split('\n')[line - 1];
        int added = 0;
        int characters = 0;
        for (int i = 0; i < quoted.Length && (characters < column - 1 || char.IsLowSurrogate(quoted[i])); i++)
        {
            characters += char.IsLowSurrogate(quoted[i]) ? 0 : 1;
            added += i - added >= written.Length || quoted[i] != written[i - added] ? 1 : 0;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{line}:{column - added}: {message}");
    }

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Steps();
}
