using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Steps that wait for people.</summary>
internal sealed class Gating(RunState run, Finishing finishing)
{
    /// <summary>How soon it is seen that policies were installed, or are gone: nothing tells of it.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    public void Advance(StepRow row, ApprovalStep gate)
    {
        if (Message(row, gate) is not { IsKnown: true } message)
        {
            return;
        }

        if (message.Problem is { } problem)
        {
            row.Fail(StepReasons.ExpressionFailed, $"approval.message: {problem}", run.Now);
            return;
        }

        GateObservation seen = run.Seen.Gates;
        if (seen.Enforcement is null)
        {
            Want(ProofWanted.Any);
            return;
        }

        GateSubject subject = GateSubjects.Of(run, row, GatePolicies.Effective(gate, seen.Floors), message.Value);
        EnforcementState enforcement = seen.FloorsProblem is { } unknown ? seen.Enforcement with { IsEnforced = false, Problem = unknown } : seen.Enforcement;
        IReadOnlyList<string>? authors = enforcement.IsStampEnforced ? run.Status.Authors : null;
        GateVerdict verdict = GateDecider.Decide(subject, row.Status.Gate, new GateSurroundings(seen.Approvals, enforcement, authors), run.Now);
        if (verdict.Outcome != GateOutcome.Waiting && !seen.IsFresh)
        {
            Want(ProofWanted.Fresh);
            return;
        }

        run.Status = run.Status with { Approvals = GateRecords.Append(run.Status.Approvals, subject, row.Status.Visit is not null, verdict.Counted, row.Status.Gate) };
        row.Status = row.Status with { StartedAt = row.Status.StartedAt ?? new MicroTime(run.Now), Gate = Same(row.Status.Gate, verdict.Status) };
        Conclude(row, verdict);
    }

    private void Conclude(StepRow row, GateVerdict verdict)
    {
        switch (verdict.Outcome)
        {
            case GateOutcome.Approved:
                row.Status = row.Status with { Message = Sentence.Limit(verdict.Message) };
                finishing.Succeed(row);
                break;
            case GateOutcome.Rejected:
                row.Fail(StepReasons.Rejected, verdict.Message, run.Now);
                break;
            case GateOutcome.TimedOut:
                row.Fail(StepReasons.ApprovalTimeout, verdict.Message, run.Now);
                break;
            case GateOutcome.Skipped:
                row.End(StepPhases.Skipped, StepReasons.ApprovalTimeout, verdict.Message, run.Now);
                break;
            default:
                row.Block(StepPhases.Waiting, WaitingReasons.Approval, verdict.Message, verdict.Status.Deadline?.Value);
                run.Wake(verdict.WakeAt is { } at && at < run.Now + Look ? at : run.Now + Look);
                break;
        }
    }

    /// <summary>The old record where nothing has changed, so that nothing is written.</summary>
    private static GateStatus Same(GateStatus? before, GateStatus after) => before is not null && GateDigest.AreEqual(before, after) ? before : after;

    private Answer<string?> Message(StepRow row, ApprovalStep gate)
    {
        if (gate.Message is not { } text)
        {
            return new Answer<string?>(value: null);
        }

        return run.Ask<string?>(row, new TextExpression(text), scope => TemplateText.Parse(text).Plain(scope));
    }

    private void Want(ProofWanted proof) => run.Proof = run.Proof > proof ? run.Proof : proof;
}
