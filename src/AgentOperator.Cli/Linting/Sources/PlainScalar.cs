using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentOperator.Cli.Linting.Sources;

/// <summary>What a text without quotes means: kubectl reads YAML 1.1, where <c>on</c> is true and <c>010</c> is eight.</summary>
internal static partial class PlainScalar
{
    /// <summary>The kind and the JSON of it.</summary>
    /// <exception cref="SourceException">JSON has no such number.</exception>
    public static (SourceKind Kind, string Text) Read(string text, Position at) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => (SourceKind.Null, ""),
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => (SourceKind.Boolean, "true"),
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => (SourceKind.Boolean, "false"),
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF" or ".nan" or ".NaN" or ".NAN" =>
            throw new SourceException(at, "InvalidYaml", $"{text} is a number that JSON does not have: write another value, or put it in quotes"),
        _ when text[0] is (>= '0' and <= '9') or '-' or '+' or '.' => Number(text.Replace("_", "", StringComparison.Ordinal)) ?? (SourceKind.String, text),
        _ => (SourceKind.String, text),
    };

    private static (SourceKind, string)? Number(string text)
    {
        bool isNegative = text.StartsWith('-');
        ReadOnlySpan<char> digits = text.AsSpan(isNegative || text.StartsWith('+') ? 1 : 0);
        (NumberStyles Style, int Skip)? special = digits switch
        {
            ['0', 'x' or 'X', ..] => (NumberStyles.AllowHexSpecifier, 2),
            ['0', 'b' or 'B', ..] => (NumberStyles.AllowBinarySpecifier, 2),
            _ => null,
        };
        if (special is { } form && ulong.TryParse(digits[form.Skip..], form.Style, CultureInfo.InvariantCulture, out ulong unsigned))
        {
            return (SourceKind.Integer, $"{(isNegative ? "-" : "")}{unsigned}");
        }

        ReadOnlySpan<char> octal = digits is ['0', 'o' or 'O', _, ..] ? digits[2..] : digits is ['0', _, ..] ? digits[1..] : [];
        if (octal.Length is > 0 and < 22 && octal.IndexOfAnyExceptInRange('0', '7') < 0)
        {
            return (SourceKind.Integer, $"{(isNegative ? "-" : "")}{octal.ToString().Aggregate(0UL, static (value, digit) => (value * 8) + (ulong)(digit - '0'))}");
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            return (SourceKind.Integer, whole.ToString(CultureInfo.InvariantCulture));
        }

        return Decimal().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? double.IsInteger(number) && Math.Abs(number) < 1e15
                ? (SourceKind.Integer, number.ToString("0", CultureInfo.InvariantCulture))
                : (SourceKind.Number, number.ToString("R", CultureInfo.InvariantCulture))
            : null;
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Decimal();
}
