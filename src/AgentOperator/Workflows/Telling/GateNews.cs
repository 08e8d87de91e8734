using AgentOperator.Api;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Telling;

/// <summary>News of gates: who is asked, who has decided what, and what became void.</summary>
internal static class GateNews
{
    public static void Add(List<RunNews> news, WorkflowStatus? before, WorkflowStatus after)
    {
        HashSet<string?> known = [.. (before?.Approvals ?? []).Select(static record => record.Hash)];
        foreach (ApprovalRecord record in (after.Approvals ?? []).Where(record => !known.Contains(record.Hash)))
        {
            bool isNo = record.Decision == ApprovalDecisions.Reject;
            string comment = record.Comment is { } words ? $": {words}" : "";
            news.Add(new(isNo, isNo ? EventReasons.Rejected : EventReasons.Approved, "Decide", $"{record.User} {(isNo ? "rejected" : "approved")} gate {record.Gate} of run {record.Run}{comment}"));
        }
    }

    public static void Add(List<RunNews> news, StepStatus? old, StepStatus step)
    {
        if (step is not { Gate: { } gate, Phase: StepPhases.Waiting })
        {
            return;
        }

        if (gate.Problem is { } problem && old?.Gate?.Problem != problem)
        {
            news.Add(new(true, EventReasons.ApprovalsNotEnforced, "Verify", $"gate {step.Name} stays shut: {problem}"));
        }

        if (gate.Voided is { } voided && old?.Gate?.Digest != gate.Digest)
        {
            news.Add(new(true, EventReasons.ApprovalsVoided, "Void", $"gate {step.Name}: {voided}"));
        }

        if (gate.Digest is { } digest && old?.Gate?.Digest != digest)
        {
            string until = gate.Deadline is { } deadline ? $", until {deadline.Value:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "";
            news.Add(new(false, EventReasons.ApprovalNeeded, "Ask", $"gate {step.Name} waits for people{until}; {gate.Missing}{(gate.Message is { } message ? $"; it asks: {message}" : "")}"));
        }
    }
}
