using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Steps that wait for people.</summary>
internal sealed class Gating(RunState run, Finishing finishing)
{
    public void Advance(StepRow row, ApprovalStep gate)
    {
        _ = run;
        _ = finishing;
        row.Block(StepPhases.Waiting, WaitingReasons.Approval, gate.Message ?? "people have to approve");
    }
}
