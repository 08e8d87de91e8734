using System.Text;
using System.Text.RegularExpressions;

namespace AgentOperator.Api.JsonSchemas;

/// <summary>A regular expression of a schema (ECMA-262), matched in linear time. Look-around and back-references cannot be and are refused, and so are
/// characters beyond U+FFFF in a class: <c>.</c> and a class match one UTF-16 unit.</summary>
internal static class EcmaPattern
{
    private const int MaxLength = 4096;

    // .NET knows general categories by their short names only.
    private static readonly Dictionary<string, string> Categories = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L",
        ["Uppercase_Letter"] = "Lu",
        ["Lowercase_Letter"] = "Ll",
        ["Mark"] = "M",
        ["Number"] = "N",
        ["Decimal_Number"] = "Nd",
        ["digit"] = "Nd",
        ["Punctuation"] = "P",
        ["Symbol"] = "S",
        ["Separator"] = "Z",
    };

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
            return (null, "uses look-around, a back-reference, a character beyond U+FFFF in a class, or a repetition too large, none of which can be matched in linear time");
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
                at++;
                text.Append(Category(pattern, ref at) ?? Escape(pattern[at], inClass));
                continue;
            }

            if (char.IsHighSurrogate(current) && at + 1 < pattern.Length)
            {
                if (inClass)
                {
                    throw new NotSupportedException();
                }

                text.Append("(?:").Append(current).Append(pattern[++at]).Append(')');
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

    /// <summary>\p{Letter} as \p{L}; moves on to its closing brace.</summary>
    private static string? Category(string pattern, ref int at)
    {
        int end = pattern[at] is 'p' or 'P' && at + 1 < pattern.Length && pattern[at + 1] == '{' ? pattern.IndexOf('}', at) : -1;
        if (end < 0 || !Categories.TryGetValue(pattern[(at + 2)..end], out string? category))
        {
            return null;
        }

        char kind = pattern[at];
        at = end;
        return $"\\{kind}{{{category}}}";
    }

    private static string Escape(char escaped, bool inClass) => (escaped, inClass) switch
    {
        ('d', false) => "[0-9]",
        ('D', false) => "[^0-9]",
        ('w', false) => "[A-Za-z0-9_]",
        ('W', false) => "[^A-Za-z0-9_]",
        ('s', false) => "[\\s\\ufeff]",
        ('S', false) => "[^\\s\\ufeff]",
        ('d', true) => "0-9",
        ('w', true) => "A-Za-z0-9_",
        ('s', true) => "\\s\\ufeff",
        _ => "\\" + escaped,
    };
}
