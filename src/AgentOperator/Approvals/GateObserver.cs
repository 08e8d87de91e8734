using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Approvals.Enforcement;
using AgentOperator.Approvals.Floors;
using AgentOperator.Controllers.Caching;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Approvals;

/// <summary>Gathers what gates of a workflow are decided from.</summary>
internal sealed class GateObserver(ObjectStore<Approval> approvals, FloorReader floors, EnforcementLog enforcement)
{
    /// <summary>What an Approval is found by.</summary>
    public static string? KeyOf(Approval approval) => approval.Spec?.For is { } target ? KeyOf(target.Kind, approval.Metadata.Namespace!, target.Name) : null;

    /// <summary>Without proof of enforcement, which is looked for only when a gate asks for it.</summary>
    public async Task<GateObservation> ObserveAsync(Workflow workflow, CancellationToken cancellation)
    {
        string ns = workflow.Metadata.Namespace!;
        (IReadOnlyList<ApprovalFloor> held, string? problem) = await floors.ReadAsync(Workflow.Resource.Kind, ns, cancellation);
        return new GateObservation
        {
            Approvals = [.. approvals.Indexed(KeyOf(Workflow.Resource.Kind, ns, workflow.Metadata.Name!)!).Values],
            Floors = held,
            FloorsProblem = problem,
            Enforcement = null,
            IsFresh = false,
        };
    }

    /// <summary>The same with the proof that was asked for.</summary>
    public async Task<GateObservation> ProveAsync(Workflow workflow, GateObservation seen, ProofWanted wanted, CancellationToken cancellation)
    {
        bool isFresh = wanted == ProofWanted.Fresh;
        IEnumerable<GateStatus> gates = RunParts.All(workflow.Status).Select(static step => step.Gate).OfType<GateStatus>();
        return seen with { Enforcement = await enforcement.LookAsync(workflow.Metadata.Namespace!, gates, isFresh, cancellation), IsFresh = isFresh };
    }

    private static string? KeyOf(string kind, string ns, string name) => $"{kind}/{ns}/{name}";
}
