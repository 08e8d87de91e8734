using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Tests.Workflows.Simulation;

namespace AgentOperator.Tests.Workflows.Promises;

/// <summary>What holds of every gate, whatever people do.</summary>
internal static class GatePromises
{
    /// <summary>What is decided on at one gate of one visit of one run is never what is decided on at another.</summary>
    public static void Life(SimulatedCluster cluster)
    {
        var gates = cluster.Written
            .SelectMany(static write => (write.To.Steps ?? []).Where(static step => step.Gate?.Digest is not null).Select(step => (step.Gate!.Digest, Gate: (write.To.Run, step.Name, step.Visit ?? 1))))
            .Distinct();
        foreach (var gate in gates.GroupBy(static gate => gate.Digest))
        {
            gate.Select(static entry => entry.Gate).Distinct().Count().ShouldBe(1, $"gates of digest {gate.Key}");
        }
    }

    /// <summary>A gate that opens was opened by enough people whom it names, each about this very thing, or by its own timeout.</summary>
    public static void Opened(WorkflowStep spec, StepStatus step, IReadOnlyList<Approval> approvals)
    {
        if (spec.Approval is not { } gate || step.Phase != StepPhases.Succeeded || (step.Gate!.Deadline is not null && gate.OnTimeout == GateTimeoutActions.Approve))
        {
            return;
        }

        approvals
            .Where(approval => approval.Spec.For.Digest == step.Gate.Digest && approval.Spec.For.Gate == step.Name && approval.Spec.Decision == ApprovalDecisions.Approve)
            .Select(static approval => approval.Spec.User)
            .Where(RandomStep.People.Contains)
            .Distinct()
            .Count().ShouldBeGreaterThanOrEqualTo(gate.Quorum ?? 1, $"who opened {step.Name}");
    }
}
