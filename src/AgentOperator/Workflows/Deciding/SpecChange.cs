using AgentOperator.Api.Digests;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Floors;

namespace AgentOperator.Workflows.Deciding;

/// <summary>What a new generation of the spec means.</summary>
/// <param name="IsNewRun">True when it asks for a run.</param>
/// <param name="Spec">What that would execute.</param>
/// <param name="Digest">Digest of it.</param>
internal sealed record SpecChange(bool IsNewRun, RunSpec Spec, string Digest)
{
    /// <summary>Generation of the object that it is from.</summary>
    public long? Generation { get; init; }

    /// <summary>The change since the generation that the status speaks of; null when there is none.</summary>
    public static SpecChange? Of(Workflow workflow, WorkflowStatus status)
    {
        // A floor that held a spec back may have been lowered since.
        if (status.ObservedGeneration == workflow.Metadata.Generation && !RunSummary.IsRefused(status, FloorCheck.Reason))
        {
            return null;
        }

        SpecChange now = Now(workflow);

        // A run that was replaced did not do its work: even its own spec, reverted to, has to run again.
        bool isWanted = status.Run is null
            || status.Stop?.Reason == StopReasons.Replaced
            || (now.Digest != status.SpecDigest
                && now.Digest != status.IgnoredDigest
                && (workflow.Spec.RerunPolicy != RerunPolicies.Manual || workflow.Spec.RunToken != status.RunToken));
        return now with { IsNewRun = isWanted };
    }

    /// <summary>What was ignored is so only until another spec is seen: applied after that, it is a change like any other.</summary>
    public WorkflowStatus Seen(WorkflowStatus status) => status with
    {
        IgnoredDigest = status.IgnoredDigest == Digest ? Digest : null,
        RunGeneration = status.SpecDigest == Digest ? Generation : status.RunGeneration,
    };

    /// <summary>The spec as it is, whatever the status says.</summary>
    public static SpecChange Now(Workflow workflow)
    {
        RunSpec spec = RunSpec.Of(workflow.Spec);
        return new SpecChange(true, spec, RunDigest.Of(spec)) { Generation = workflow.Metadata.Generation };
    }
}
