using System.Globalization;
using AgentOperator.Kube.Models.Batch;

namespace AgentOperator.Local.Jobs;

/// <summary>successPolicy: the first rule that is met ends the Job well.</summary>
internal static class SuccessRules
{
    /// <summary>What was met; null for nothing.</summary>
    public static string? Met(SuccessPolicy? policy, IReadOnlySet<int> succeeded)
    {
        IReadOnlyList<SuccessPolicyRule> rules = policy?.Rules ?? [];
        for (int i = 0; i < rules.Count; i++)
        {
            int[]? named = rules[i].SucceededIndexes is { } text ? [.. IndexRanges.Parse(text)] : null;
            int met = named?.Count(succeeded.Contains) ?? succeeded.Count;
            int needed = rules[i].SucceededCount ?? named?.Length ?? int.MaxValue;
            if (met >= needed)
            {
                return string.Create(CultureInfo.InvariantCulture, $"Matched rules at index {i}");
            }
        }

        return null;
    }
}
