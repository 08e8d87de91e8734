using System.Buffers;
using System.Text.Json;

namespace AgentOperator.Manifests.Yaml;

/// <summary>Strings as YAML scalars on one line: bare where every reader of YAML 1.1 and 1.2 sees the same string, else quoted.</summary>
internal static class YamlScalar
{
    private static readonly SearchValues<char> BareStart = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/^_(");

    public static string Write(string text)
    {
        if (IsBare(text))
        {
            return text;
        }

        return text.Any(char.IsControl) ? JsonSerializer.Serialize(text) : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>
    /// True when the text can stand in block context without quotes. No number or date begins with a letter; infinities begin with a dot.
    /// </summary>
    public static bool IsBare(string text) =>
        !YamlWords.IsReserved(text)
        && IsBareStart(text)
        && !text.Any(char.IsControl)
        && !text.Contains(": ", StringComparison.Ordinal)
        && !text.Contains(" #", StringComparison.Ordinal)
        && text[^1] is not (':' or ' ');

    private static bool IsBareStart(string text) =>
        BareStart.Contains(text[0]) || (text.Length > 1 && text[0] == '.' && char.IsAsciiLetterLower(text[1]) && !IsSpecialFloat(text));

    private static bool IsSpecialFloat(string text) => text.ToUpperInvariant() is ".INF" or ".NAN";
}
