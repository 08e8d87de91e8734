using System.Text;
using System.Text.RegularExpressions;

namespace AgentOperator.Api.JsonSchemas;

/// <summary>A regular expression of a schema (ECMA-262), matched in linear time. Look-around and back-references cannot be and are refused.</summary>
internal static class EcmaPattern
{
    private const int MaxLength = 4096;

    /// <summary>The expression, or what its author must change.</summary>
    public static (Regex? Regex, string? Problem) Parse(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            return (null, $"is longer than {MaxLength} characters");
        }

        try
        {
            return (new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), null);
        }
        catch (RegexParseException error)
        {
            return (null, $"is no regular expression: {error.Message}");
        }
        catch (NotSupportedException)
        {
            return (null, "uses look-around, a back-reference or a repetition too large, none of which can be matched in linear time");
        }
    }

    /// <summary>.NET's \d and \w know all scripts, ECMAScript's only ASCII; .NET's $ also matches before a last line feed; a bracket in a class is .NET's subtraction.</summary>
    private static string Translate(string pattern)
    {
        StringBuilder text = new(pattern.Length + 16);
        bool inClass = false;
        for (int at = 0; at < pattern.Length; at++)
        {
            char current = pattern[at];
            if (current == '\\' && at + 1 < pattern.Length)
            {
                text.Append(Escape(pattern[++at], inClass));
                continue;
            }

            text.Append(current switch
            {
                '$' when !inClass => "\\z",
                '[' when inClass => "\\[",
                _ => current.ToString(),
            });
            inClass = current switch { '[' => true, ']' => false, _ => inClass };
        }

        return text.ToString();
    }

    private static string Escape(char escaped, bool inClass) => (escaped, inClass) switch
    {
        ('d', false) => "[0-9]",
        ('D', false) => "[^0-9]",
        ('w', false) => "[A-Za-z0-9_]",
        ('W', false) => "[^A-Za-z0-9_]",
        ('d', true) => "0-9",
        ('w', true) => "A-Za-z0-9_",
        _ => "\\" + escaped,
    };
}
