using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace AgentOperator.Cel.Library;

/// <summary>Patterns as RE2 has them, on .NET's engine without backtracking.</summary>
internal static class Patterns
{
    private const int CompilationCost = 256;
    private const int CategoryCost = 2048;
    private const int CostPerCharacter = 16;

    /// <summary>The pattern, ready to match, with its compilation and one reading of the text counted. A loop has mostly one pattern: the last one is kept.</summary>
    public static bool TryGet(string pattern, string text, [NotNullWhen(true)] out Regex? regex, out CelValue error, ref CelContext context)
    {
        error = default;
        CompiledPattern? compiled = context.LastPattern;
        if (compiled?.Text != pattern)
        {
            context.Charge((pattern.Contains(@"\p", StringComparison.OrdinalIgnoreCase) ? CategoryCost : CompilationCost) + ((long)pattern.Length * CostPerCharacter));
            if (!TryCompile(pattern, out compiled, out error))
            {
                regex = null;
                return false;
            }

            context.Charge(compiled.Size);
            context.LastPattern = compiled;
        }

        compiled!.Charge(text.Length, ref context);
        regex = compiled.Regex;
        return true;
    }

    public static bool TryCompile(string pattern, [NotNullWhen(true)] out CompiledPattern? compiled, out CelValue error)
    {
        compiled = null;
        error = default;
        try
        {
            string translated = PatternTranslator.Translate(pattern, out long size);
            compiled = new CompiledPattern(pattern, new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), size);
            return true;
        }
        catch (Exception e) when (e is PatternSyntaxException or ArgumentException or NotSupportedException)
        {
            error = CelValue.Error($"{CelValue.From(pattern)} is no regular expression: {(e is PatternSyntaxException ? e.Message : "its parts do not fit together")}");
            return false;
        }
    }
}
