using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Approvals.Deciding;

/// <summary>What a gate still lacks, in a sentence that people can act on.</summary>
internal static class GateMissing
{
    private const int MaxNames = 10;

    /// <summary>Null when nothing is missing.</summary>
    public static string? Of(GatePolicy policy, int needed, string selfCheck, IReadOnlyList<Approval> approved)
    {
        List<string> missing = [];
        if (approved.Count < needed)
        {
            string because = needed > policy.Quorum && selfCheck == SelfApprovalChecks.Unknown ? ", two because it is not known who changed what the run executes" : "";
            missing.Add($"{needed - approved.Count} more of {needed} approvals by {Names(policy.Approvers)}{because}");
        }

        missing.AddRange((policy.RequiredGroups ?? []).Where(group => !approved.Any(approval => Deciders.IsInAny([group], approval.Spec))).Select(static group => $"one by a member of {group}"));
        foreach (GateFloor floor in policy.Floors ?? [])
        {
            int people = approved.Count(approval => !Deciders.IsProgram(approval.Spec.User) && (floor.Groups is null or [] || Deciders.IsInAny(floor.Groups, approval.Spec)));
            if (people < floor.Quorum)
            {
                missing.Add($"{floor.Quorum - people} more by {(floor.Groups is { Count: > 0 } groups ? $"members of {string.Join(" or ", groups)}" : "people")} (floor {floor.Name})");
            }
        }

        return missing is [] ? null : $"missing: {string.Join("; ", missing)}";
    }

    private static string Names(Approvers approvers)
    {
        string[] all = [.. approvers.Users ?? [], .. (approvers.Groups ?? []).Select(static group => $"group {group}"), .. approvers.ServiceAccounts ?? []];
        return all.Length > MaxNames ? $"{string.Join(", ", all[..MaxNames])} and others" : string.Join(", ", all);
    }
}
