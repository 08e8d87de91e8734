using System.Text.RegularExpressions;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>A pattern means the same in RE2, in which the API server reads it, and in ECMAScript, in which editors do.</summary>
internal sealed class PatternRule : ISchemaRule
{
    private static readonly Regex Unportable = new(@"\(\?|\\[AzZpPQEC]|\[\[:", RegexOptions.NonBacktracking);

    public IEnumerable<string> Check(SchemaNode node) =>
        node.Validations.Select(rule => rule.Pattern).Append(node.Pattern).OfType<string>().Where(pattern => !IsPortable(pattern))
            .Select(pattern => $"pattern \"{pattern}\" is not read alike by the API server and by editors: use no groups of the form (?…), no \\A, \\z, \\p and no [:classes:]");

    private static bool IsPortable(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));
            return !Unportable.IsMatch(pattern);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
