using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Approvals.Deciding;

/// <summary>What a gate still lacks, in a sentence that people can act on.</summary>
internal static class GateMissing
{
    private const int MaxNames = 10;

    /// <summary>Of two people one is not the author. An account that a program has may be his.</summary>
    private const int People = 2;

    /// <summary>Null when nothing is missing.</summary>
    public static string? Of(GatePolicy policy, int needed, string selfCheck, IReadOnlyList<ApprovalSpec> approved)
    {
        List<string> missing = [];
        int unknown = selfCheck == SelfApprovalChecks.Unknown ? People - approved.Count(static approval => !Deciders.IsProgram(approval.User)) : 0;
        if (Math.Max(needed - approved.Count, unknown) is > 0 and var more)
        {
            string because = selfCheck == SelfApprovalChecks.Unknown && (needed > policy.Quorum || unknown > needed - approved.Count) ? ", of two people because it is not known who changed what the run executes" : "";
            missing.Add($"{more} more of {needed} approvals by {Names(policy.Approvers)}{because}");
        }

        missing.AddRange((policy.RequiredGroups ?? []).Where(group => !approved.Any(approval => Deciders.IsInAny([group], approval))).Select(static group => $"one by a member of {group}"));
        foreach (GateFloor floor in policy.Floors ?? [])
        {
            int people = approved.Count(approval => !Deciders.IsProgram(approval.User) && (floor.Groups is null or [] || Deciders.IsInAny(floor.Groups, approval)));
            if (people < floor.Quorum)
            {
                missing.Add($"{floor.Quorum - people} more by {(floor.Groups is { Count: > 0 } groups ? $"members of {string.Join(" or ", groups)}" : "people")} (floor {floor.Name})");
            }
        }

        return missing is [] ? null : Sentence.Limit($"missing: {string.Join("; ", missing)}");
    }

    private static string Names(Approvers approvers)
    {
        string[] all = [.. approvers.Users ?? [], .. (approvers.Groups ?? []).Select(static group => $"group {group}"), .. approvers.ServiceAccounts ?? []];
        return all.Length > MaxNames ? $"{string.Join(", ", all[..MaxNames])} and others" : string.Join(", ", all);
    }
}
