namespace AgentOperator.Kube.Models;

/// <summary>metav1.LabelSelector: all of it must hold; an empty one selects everything.</summary>
public sealed record LabelSelector
{
    public IReadOnlyDictionary<string, string>? MatchLabels { get; init; }

    public IReadOnlyList<LabelSelectorRequirement>? MatchExpressions { get; init; }

    /// <summary>Whether labels satisfy the selector.</summary>
    public bool Matches(IReadOnlyDictionary<string, string>? labels)
    {
        foreach ((string name, string value) in MatchLabels ?? EmptyLabels)
        {
            if (Value(labels, name) != value)
            {
                return false;
            }
        }

        foreach (LabelSelectorRequirement requirement in MatchExpressions ?? [])
        {
            if (!Holds(requirement, Value(labels, requirement.Key)))
            {
                return false;
            }
        }

        return true;
    }

    private static Dictionary<string, string> EmptyLabels { get; } = [];

    private static string? Value(IReadOnlyDictionary<string, string>? labels, string name) =>
        labels is not null && labels.TryGetValue(name, out string? value) ? value : null;

    private static bool Holds(LabelSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values?.Contains(value) == true,
        "NotIn" => value is null || requirement.Values?.Contains(value) != true,
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        _ => false,
    };
}
