using System.Globalization;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Permits;

/// <summary>The attempts of a run that take room.</summary>
internal static class UnderWay
{
    /// <summary>Names of their Jobs; of a step whose items have a Job each, the step's. One that is a Workflow of its own takes none: that one's steps do. What undoes it is a Job.</summary>
    public static IEnumerable<string> Of(WorkflowStatus? status)
    {
        HashSet<string> nested = status?.RunSpec is { } spec
            ? [.. (spec.Steps ?? []).Concat(spec.Finally ?? []).Where(static step => step.Workflow is not null).Select(static step => step.Name)]
            : [];
        return (status?.Steps ?? []).Concat(status?.Finally ?? []).Where(step => !nested.Contains(step.Name)).Concat(status?.Compensations ?? [])
            .Where(static step => StepPhases.IsActive(step.Phase) && (step.Job is not null || step.Items is not null))
            .Select(static step => step.Job ?? NameOf(step));
    }

    /// <summary>As what a step whose items have a Job each takes room: once, as one with an Indexed Job does. No Job has such a name.</summary>
    public static string NameOf(StepStatus step) => string.Create(CultureInfo.InvariantCulture, $"{step.Name}/{step.Visit ?? 1}");
}
