using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace AgentOperator.Cel.Library;

/// <summary>Patterns as RE2 has them, on .NET's engine without backtracking.</summary>
internal static class Patterns
{
    public static bool TryGet(string pattern, string text, [NotNullWhen(true)] out Regex? regex, out CelValue error, ref CelContext context)
    {
        context.ChargeText((text.Length + 256L) * (1 + (pattern.Length / 16)));
        return TryCompile(pattern, out regex, out error);
    }

    public static bool TryCompile(string pattern, [NotNullWhen(true)] out Regex? regex, out CelValue error)
    {
        regex = null;
        error = default;
        try
        {
            regex = new Regex(PatternTranslator.Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception e) when (e is PatternSyntaxException or ArgumentException or NotSupportedException)
        {
            error = CelValue.Error($"{CelValue.From(pattern)} is no regular expression: {(e is PatternSyntaxException ? e.Message : "its parts do not fit together")}");
            return false;
        }
    }
}
