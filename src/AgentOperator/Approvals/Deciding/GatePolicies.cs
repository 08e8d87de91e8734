using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Floors;

namespace AgentOperator.Approvals.Deciding;

/// <summary>What a step says, and where a floor asks for more, that.</summary>
internal static class GatePolicies
{
    /// <summary>The policy that holds. Silence is never a yes, nor a way past, where the cluster asks for people.</summary>
    public static GatePolicy Effective(ApprovalStep step, IReadOnlyList<ApprovalFloor> floors) => new()
    {
        Approvers = step.Approvers,
        Quorum = floors.Select(static floor => floor.Quorum ?? 1).Append(step.Quorum ?? 1).Max(),
        RequiredGroups = step.RequiredGroups,
        AllowSelf = step.AllowSelf == true && floors.All(static floor => floor.AllowSelf != false),
        Timeout = step.Timeout?.Text,
        OnTimeout = floors.Count > 0 ? GateTimeoutActions.Fail : step.OnTimeout ?? GateTimeoutActions.Fail,
        Floors = floors.Count > 0 ? [.. floors.Select(static floor => floor.ToGate())] : null,
    };
}
