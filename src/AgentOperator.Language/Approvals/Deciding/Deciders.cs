using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Approvals.Deciding;

/// <summary>Who is a person, and whom a gate names.</summary>
internal static class Deciders
{
    private const string ServiceAccount = "system:serviceaccount:";

    /// <summary>True for service accounts, nodes and parts of Kubernetes: behind one of them may be anybody.</summary>
    public static bool IsProgram(string user) => user.StartsWith("system:", StringComparison.Ordinal);

    /// <summary>True when the gate names who has decided. Programs are in groups too, and yet are not let in by them.</summary>
    public static bool AreNamed(Approvers approvers, ApprovalSpec decision)
    {
        if (decision.User.StartsWith(ServiceAccount, StringComparison.Ordinal))
        {
            return approvers.ServiceAccounts?.Contains(decision.User) == true;
        }

        return approvers.Users?.Contains(decision.User) == true || (!IsProgram(decision.User) && IsInAny(approvers.Groups, decision));
    }

    /// <summary>True when the decision was made for one of the groups.</summary>
    public static bool IsInAny(IReadOnlyList<string>? groups, ApprovalSpec decision) => groups is not null && decision.Groups?.Any(groups.Contains) == true;

    /// <summary>Whether it is known whose approval would be one of his own work.</summary>
    public static string SelfCheck(GatePolicy policy, IReadOnlyList<string>? authors)
    {
        if (policy.AllowSelf)
        {
            return SelfApprovalChecks.NotNeeded;
        }

        return authors is null or [] || authors.Any(static author => author == AuthorNames.Unknown || IsProgram(author)) ? SelfApprovalChecks.Unknown : SelfApprovalChecks.Known;
    }
}
