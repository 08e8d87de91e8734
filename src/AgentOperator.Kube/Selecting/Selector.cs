using System.Text;
using AgentOperator.Kube.Models;

namespace AgentOperator.Kube.Selecting;

/// <summary>Selectors as the query of a list or a watch wants them.</summary>
public static class Selector
{
    /// <summary>A label selector in the grammar of queries (k8s.io/apimachinery/pkg/labels), <c>app=x,tier in (a,b),!legacy</c>.</summary>
    /// <exception cref="ArgumentException">An operator is unknown, or lacks its values or has some that it does not take.</exception>
    public static string Labels(LabelSelector selector)
    {
        StringBuilder text = new();
        foreach ((string key, string value) in selector.MatchLabels ?? new Dictionary<string, string>())
        {
            Append(text, $"{key}={value}");
        }

        foreach (LabelSelectorRequirement requirement in selector.MatchExpressions ?? [])
        {
            Append(text, Requirement(requirement));
        }

        return text.ToString();
    }

    /// <summary>A field selector: every path has its value. What has a meaning in the grammar is escaped by a backslash (k8s.io/apimachinery/pkg/fields).</summary>
    public static string Fields(params ReadOnlySpan<(string Path, string Value)> terms)
    {
        StringBuilder text = new();
        foreach ((string path, string value) in terms)
        {
            Append(text, $"{path}={Escape(value)}");
        }

        return text.ToString();
    }

    private static string Requirement(LabelSelectorRequirement requirement) => (requirement.Operator, requirement.Values?.Count ?? 0) switch
    {
        ("In", > 0) => $"{requirement.Key} in ({string.Join(',', requirement.Values!)})",
        ("NotIn", > 0) => $"{requirement.Key} notin ({string.Join(',', requirement.Values!)})",
        ("Exists", 0) => requirement.Key,
        ("DoesNotExist", 0) => "!" + requirement.Key,
        _ => throw new ArgumentException($"{requirement.Operator} with {requirement.Values?.Count ?? 0} values is no requirement on the label {requirement.Key}.", nameof(requirement)),
    };

    private static string Escape(string value) => value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(",", @"\,", StringComparison.Ordinal).Replace("=", @"\=", StringComparison.Ordinal);

    private static void Append(StringBuilder text, string term) => text.Append(text.Length == 0 ? "" : ",").Append(term);
}
