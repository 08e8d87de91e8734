using AgentOperator.Api.Digests;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>What a new generation of the spec means.</summary>
/// <param name="IsNewRun">True when it asks for a run.</param>
/// <param name="Spec">What that would execute.</param>
/// <param name="Digest">Digest of it.</param>
internal sealed record SpecChange(bool IsNewRun, RunSpec Spec, string Digest)
{
    /// <summary>The change since the generation that the status speaks of; null when there is none.</summary>
    public static SpecChange? Of(Workflow workflow, WorkflowStatus status)
    {
        if (status.ObservedGeneration == workflow.Metadata.Generation)
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
    public WorkflowStatus Seen(WorkflowStatus status) => status.IgnoredDigest is null || status.IgnoredDigest == Digest ? status : status with { IgnoredDigest = null };

    /// <summary>The spec as it is, whatever the status says.</summary>
    public static SpecChange Now(Workflow workflow)
    {
        RunSpec spec = RunSpec.Of(workflow.Spec);
        return new SpecChange(true, spec, RunDigest.Of(spec));
    }
}
