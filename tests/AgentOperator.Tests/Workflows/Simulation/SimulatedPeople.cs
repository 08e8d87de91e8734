using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Kube.Models;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>People who decide at gates: most of them as they should, some again about what was decided before, some without being asked.</summary>
internal sealed class SimulatedPeople(Random random)
{
    private readonly List<Approval> _approvals = [];
    private readonly List<string> _digests = [];
    private DateTimeOffset _enforcedSince = DateTimeOffset.MinValue;

    public IReadOnlyList<Approval> Approvals => _approvals;

    /// <summary>False while somebody has taken the policies away that vouch for who decides.</summary>
    public bool IsEnforced { get; private set; } = true;

    public void Meddle(DateTimeOffset now)
    {
        IsEnforced = !IsEnforced;
        _enforcedSince = now;
    }

    public void Restore(DateTimeOffset now)
    {
        if (!IsEnforced)
        {
            Meddle(now);
        }
    }

    public void Act(Workflow workflow, DateTimeOffset now)
    {
        foreach (StepStatus step in workflow.Status?.Steps ?? [])
        {
            if (step is { Phase: StepPhases.Waiting, Gate.Digest: { } digest } && random.Next(3) == 0)
            {
                _digests.Add(digest);
                _approvals.Add(Decide(workflow, step.Name, random.Next(6) == 0 ? _digests[random.Next(_digests.Count)] : digest, now));
            }
        }
    }

    /// <summary>What a cache shows that may be behind.</summary>
    public GateObservation Look(ProofWanted proof, int behind) => new()
    {
        Approvals = [.. _approvals.Take(_approvals.Count - behind)],
        Enforcement = proof == ProofWanted.None ? null : new EnforcementState { IsEnforced = IsEnforced, Since = _enforcedSince, Policies = "p", Problem = IsEnforced ? null : "the policies are gone" },
        IsFresh = proof == ProofWanted.Fresh,
    };

    private Approval Decide(Workflow workflow, string gate, string digest, DateTimeOffset now) => new()
    {
        Metadata = new ObjectMeta { Name = $"a{_approvals.Count}", Namespace = workflow.Metadata.Namespace, Uid = $"a{_approvals.Count}", CreationTimestamp = new Time(now) },
        Spec = new ApprovalSpec
        {
            For = new ApprovalTarget { Kind = Workflow.Resource.Kind, Name = workflow.Metadata.Name!, Gate = gate, Digest = digest },
            Decision = random.Next(12) == 0 ? ApprovalDecisions.Reject : ApprovalDecisions.Approve,
            User = random.Next(8) == 0 ? "mallory" : RandomStep.People[random.Next(RandomStep.People.Length)],
        },
    };
}
