using System.Text.RegularExpressions;

namespace AgentOperator.Cel.Library;

/// <summary>Regular expressions in time that grows with the text only.</summary>
internal static class RegexLibrary
{
    public static IEnumerable<CelFunction> Functions =>
    [
        Fn.Of("matches", CelType.String, CelType.String, CelType.Bool, Matches),
        Fn.Method("matches", CelType.String, CelType.String, CelType.Bool, Matches),
    ];

    private static CelValue Matches(in CelValue text, in CelValue pattern, ref CelContext context) =>
        Patterns.TryGet(pattern.Text, text.Text, out Regex? regex, out CelValue error, ref context) ? CelValue.From(regex.IsMatch(text.Text)) : error;
}
