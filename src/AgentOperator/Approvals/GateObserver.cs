using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Approvals.Enforcement;
using AgentOperator.Approvals.Floors;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Approvals;

/// <summary>Gathers what gates of a workflow are decided from.</summary>
[RequiresAccess<Approval>(Verbs.List)]
internal sealed class GateObserver(KubeClient client, ObjectStore<Approval> approvals, FloorReader floors, EnforcementLog enforcement, TimeProvider time)
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
        GateStatus[] gates = [.. RunParts.All(workflow.Status).Select(static step => step.Gate).OfType<GateStatus>()];
        EnforcementState state = await enforcement.LookAsync(workflow.Metadata.Namespace!, gates, isFresh, cancellation);
        return seen with { Enforcement = state, IsFresh = isFresh, Approvals = isFresh && Array.Exists(gates, IsLate) ? await ListAsync(workflow, cancellation) : seen.Approvals };
    }

    private bool IsLate(GateStatus gate) => gate.Deadline?.Value <= time.GetUtcNow();

    /// <summary>Silence is judged by what the API server has, not by a cache that may be behind: a decision that was made in time may be on its way.</summary>
    private async Task<IReadOnlyCollection<Approval>> ListAsync(Workflow workflow, CancellationToken cancellation)
    {
        string ns = workflow.Metadata.Namespace!;
        string? key = KeyOf(Workflow.Resource.Kind, ns, workflow.Metadata.Name!);
        return [.. (await client.Resource<Approval>(ns).ListAsync(new ListOptions(), cancellation)).Items.Where(approval => KeyOf(approval) == key)];
    }

    private static string? KeyOf(string kind, string ns, string name) => $"{kind}/{ns}/{name}";
}
