using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Triggers.Children;

namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>Which of a definition's ended Workflows go: those that historyLimit has no room for, and those whose time is up.</summary>
internal sealed record ChildRetention(IReadOnlyList<ObjectDelete> Expired, DateTimeOffset? WakeAt)
{
    private const int DefaultLimit = 10;

    /// <param name="definition">Says how many and how long.</param>
    /// <param name="children">What there is.</param>
    /// <param name="active">Names of those that the status still has.</param>
    /// <param name="undecided">Events that would start one again if it were gone.</param>
    /// <param name="now">The time.</param>
    public static ChildRetention Of(Workflow definition, IEnumerable<Workflow> children, HashSet<string> active, ICollection<(string Trigger, string Id)> undecided, DateTimeOffset now)
    {
        Workflow[] ended =
        [
            .. children
                .Where(child => !active.Contains(child.Metadata.Name!) && !child.IsTerminating() && ChildWorkflow.IsOver(child) && !undecided.Contains((child.Label(Labels.Trigger) ?? "", child.Annotation(Labels.Event) ?? "")))
                .OrderByDescending(EndOf)
                .ThenByDescending(static child => child.Metadata.Name, StringComparer.Ordinal),
        ];
        int limit = definition.Spec.HistoryLimit ?? DefaultLimit;
        TimeSpan? ttl = definition.Spec.TtlAfterFinished?.ToTimeSpan();
        List<ObjectDelete> expired = [];
        DateTimeOffset? wakeAt = null;
        for (int i = 0; i < ended.Length; i++)
        {
            DateTimeOffset? due = ttl is { } time ? EndOf(ended[i]) + time : null;
            if (i >= limit || due <= now)
            {
                expired.Add(new ObjectDelete(ended[i].Metadata.Name!, ended[i].Metadata.Uid, ended[i].Metadata.ResourceVersion));
            }
            else if (due is { } at)
            {
                wakeAt = wakeAt < at ? wakeAt : at;
            }
        }

        return new ChildRetention(expired, wakeAt);
    }

    private static DateTimeOffset EndOf(Workflow child) => child.Status?.FinishedAt?.Value ?? child.Metadata.CreationTimestamp?.Value ?? DateTimeOffset.MinValue;
}
