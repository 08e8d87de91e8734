using System.Globalization;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Approvals.Deciding;

/// <summary>Decides whether a gate opens. Pure: all that it goes by is passed in, and nothing of it is read back from status but when the gate began to wait.</summary>
internal static class GateDecider
{
    /// <param name="subject">What is decided on.</param>
    /// <param name="before">The gate as the status shows it; null when it has not been reached before.</param>
    /// <param name="seen">Approvals, and whether they can be believed.</param>
    /// <param name="now">The time.</param>
    public static GateVerdict Decide(GateSubject subject, GateStatus? before, GateSurroundings seen, DateTimeOffset now)
    {
        string self = Deciders.SelfCheck(subject.Policy, seen.Authors);
        GateStatus gate = new() { Policy = subject.Policy, Message = subject.Message, SelfApprovalCheck = self, OpenedAt = before?.OpenedAt, Deadline = before?.Deadline, Digest = before?.Digest, Voided = before?.Voided };
        if (!seen.Enforcement.IsEnforced || now < seen.Enforcement.Since)
        {
            return Unproved(gate, seen.Enforcement, now);
        }

        string digest = GateDigest.Of(subject);
        gate = gate with { VerifiedSince = seen.Enforcement.Policies is null ? null : new MicroTime(seen.Enforcement.Since), VerifiedPolicies = seen.Enforcement.Policies };
        gate = before?.Digest == digest ? gate : Open(gate, before, digest, subject.Policy, now);

        GateCount count = GateCount.Of(subject, gate, seen);
        int needed = Math.Max(subject.Policy.Quorum, self == SelfApprovalChecks.Unknown ? 2 : 1);
        string? missing = GateMissing.Of(subject.Policy, needed, self, count.Approvers);
        gate = gate with
        {
            Progress = string.Create(CultureInfo.InvariantCulture, $"{count.Approvers.Count}/{needed}"),
            ApprovedBy = count.Approvers is [] ? null : [.. count.Approvers.Select(static approver => approver.User)],
            Missing = missing,
            Ignored = count.Ignored,
        };
        if (count.Rejection is { } no)
        {
            return new GateVerdict { Outcome = GateOutcome.Rejected, Status = gate with { Missing = null }, Counted = [.. count.Approved, no], Message = $"rejected by {no.Spec.User}{Comment(no)}" };
        }

        return missing is null
            ? new GateVerdict { Outcome = GateOutcome.Approved, Status = gate, Counted = count.Approved, Message = $"approved by {string.Join(", ", gate.ApprovedBy!)}" }
            : OnTime(gate, now) with { Counted = count.Approved };
    }

    /// <summary>The gate begins to wait, or begins anew because what is decided on has changed. Its deadline stays.</summary>
    private static GateStatus Open(GateStatus gate, GateStatus? before, string digest, GatePolicy policy, DateTimeOffset now) => gate with
    {
        Digest = digest,
        OpenedAt = new MicroTime(now),
        Deadline = before?.Deadline ?? (policy.Timeout is { } timeout ? new MicroTime(now + new Duration(timeout).ToTimeSpan()) : null),
        Voided = before?.Digest is { } old ? $"what is decided on has changed: approvals of {old} do not count any more" : null,
    };

    /// <summary>Silence is neither a yes nor a way past while a no could not have counted.</summary>
    private static GateVerdict Unproved(GateStatus gate, EnforcementState enforcement, DateTimeOffset now)
    {
        string why = enforcement.Problem ?? "the admission policies have just been seen for the first time";
        gate = gate with { Missing = Sentence.Limit(why), Problem = enforcement.Problem is { } problem ? Sentence.Limit(problem) : null };
        GateVerdict verdict = gate.Policy!.OnTimeout == GateTimeoutActions.Fail ? OnTime(gate, now) : new GateVerdict { Outcome = GateOutcome.Waiting, Status = gate, Message = gate.Missing };
        return enforcement.IsEnforced && verdict.Outcome == GateOutcome.Waiting && (verdict.WakeAt is null || enforcement.Since < verdict.WakeAt) ? verdict with { WakeAt = enforcement.Since } : verdict;
    }

    private static GateVerdict OnTime(GateStatus gate, DateTimeOffset now)
    {
        if (gate.Deadline?.Value is not { } deadline || now < deadline)
        {
            return new GateVerdict { Outcome = GateOutcome.Waiting, Status = gate, Message = gate.Missing ?? "", WakeAt = gate.Deadline?.Value };
        }

        string late = $"not decided by {gate.Deadline}";
        return gate.Policy!.OnTimeout switch
        {
            GateTimeoutActions.Approve => new GateVerdict { Outcome = GateOutcome.Approved, Status = gate, Message = $"{late}, and onTimeout is Approve" },
            GateTimeoutActions.Skip => new GateVerdict { Outcome = GateOutcome.Skipped, Status = gate, Message = $"{late}, and onTimeout is Skip" },
            _ => new GateVerdict { Outcome = GateOutcome.TimedOut, Status = gate, Message = $"{late}: {gate.Missing}" },
        };
    }

    private static string Comment(Approval approval) => approval.Spec.Comment is { Length: > 0 } comment ? $": {comment}" : "";
}
