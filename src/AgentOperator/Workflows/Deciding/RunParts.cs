using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Deciding;

/// <summary>The three parts of a run, as one list.</summary>
internal static class RunParts
{
    /// <summary>Every step that a run has a status of.</summary>
    public static IEnumerable<StepStatus> All(WorkflowStatus? status) => (status?.Steps ?? []).Concat(status?.Compensations ?? []).Concat(status?.Finally ?? []);

    /// <summary>Every step with what it is to do. The run's spec must be there.</summary>
    public static IEnumerable<(StepPart Part, WorkflowStep Spec, StepStatus Status)> WithSpecs(WorkflowStatus status)
    {
        RunSpec spec = status.RunSpec!;
        for (int i = 0; i < (status.Steps?.Count ?? 0); i++)
        {
            yield return (StepPart.Steps, spec.Steps[i], status.Steps![i]);
        }

        foreach (StepStatus undone in status.Compensations ?? [])
        {
            yield return (StepPart.Compensations, CompensationSpec.Of(spec, undone.Name), undone);
        }

        for (int i = 0; i < (status.Finally?.Count ?? 0); i++)
        {
            yield return (StepPart.Finally, spec.Finally![i], status.Finally![i]);
        }
    }
}
