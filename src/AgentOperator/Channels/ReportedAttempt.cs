using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Items;

namespace AgentOperator.Channels;

/// <summary>The attempt under way that a pod works for.</summary>
/// <param name="Names">Of the step and what belongs to it.</param>
/// <param name="Attempt">Number of the attempt.</param>
/// <param name="Place">The item; null for a step without forEach.</param>
internal sealed record ReportedAttempt(ItemNames Names, int Attempt, int? Place)
{
    /// <summary>Null when the Job is no attempt that is under way, or the pod is of none of its items.</summary>
    public static ReportedAttempt? Find(Workflow? workflow, Pod pod, string job)
    {
        if (workflow?.Status is not { Run: not null } status)
        {
            return null;
        }

        return Of(workflow, status, StepPart.Steps, status.Steps, pod, job)
            ?? Of(workflow, status, StepPart.Compensations, status.Compensations, pod, job)
            ?? Of(workflow, status, StepPart.Finally, status.Finally, pod, job);
    }

    private static ReportedAttempt? Of(Workflow workflow, WorkflowStatus status, StepPart part, IReadOnlyList<StepStatus>? steps, Pod pod, string job) => (steps ?? [])
        .Where(static step => StepPhases.IsActive(step.Phase))
        .Select(step => Of(ItemNames.Of(workflow, status, part, step), step, pod, job))
        .FirstOrDefault(static found => found is not null);

    private static ReportedAttempt? Of(ItemNames names, StepStatus step, Pod pod, string job)
    {
        if (step.Job == job)
        {
            int? place = step.Items is null || Number(pod, JobLabels.CompletionIndex) is not { } index ? null : IndexRanges.Parse(step.Items.Running).At(index);
            return (step.Items is null) == (place is null) ? new ReportedAttempt(names, step.Attempt, place) : null;
        }

        // Items with a Job each: the name says whether it is the item's newest.
        return step is { Job: null, Items: { } items } && Number(pod, Labels.Item) is { } item
            && ItemsDecider.Current(names, items).FirstOrDefault(current => current.Place == item) is { Job: { } current, Attempt: var attempt } && current == job
            ? new ReportedAttempt(names, attempt, item)
            : null;
    }

    private static int? Number(Pod pod, string label) => int.TryParse(pod.Label(label), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
