using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Deciding;

/// <summary>A Job, or Workflow, that no longer stands for anything and must not go on.</summary>
internal sealed record AttemptStop(string Job, string Uid)
{
    /// <summary>Of a Workflow: what was seen of it.</summary>
    public NestedObservation? Nested { get; init; }
}
