using AgentOperator.Agents.Building;
using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Resolving;
using AgentOperator.Agents.Usage;
using AgentOperator.Api.Agents;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Agents.Deciding;

/// <summary>An Agent's status from what there is.</summary>
internal static class AgentDecider
{
    /// <summary>Secrets and ConfigMaps of users are read again after this time: they are not watched.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(60);

    /// <summary>The same while something is missing.</summary>
    public static readonly TimeSpan MissingPoll = TimeSpan.FromSeconds(10);

    /// <summary>The same while something of the operator's own is.</summary>
    public static readonly TimeSpan AwaitedPoll = TimeSpan.FromSeconds(5);

    public static AgentDecision Decide(Agent agent, AgentObservation seen, ResolvedAgent resolved, ChildOutcome children, DateTimeOffset now)
    {
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        HashSet<string> names = [.. seen.Pods.Where(static pod => pod.Metadata.DeletionTimestamp is null).Select(static pod => pod.Metadata.Name!)];
        IReadOnlyList<StoredReport> live = LiveReports.Of(seen.Reports, names);
        SidecarVerdict? sidecars = resolved.HasDapr ? SidecarCheck.Of(agent, seen.Pods, seen.Dapr, now) : null;
        AgentStatus? before = agent.Status;
        ConditionState[] conditions = [.. AgentReadiness.Of(seen, resolved, children), .. AgentRemarks.Of(agent, seen, resolved, live), .. sidecars?.Conditions ?? [], .. resolved.HasDapr && SidecarCheck.Components(agent, seen.LoadedComponents) is { } components ? [components] : Array.Empty<ConditionState>()];
        bool isLeft = (resolved.Problems is not [] || children.Awaited is not null) && seen.Deployment is not null;
        AgentStatus status = new()
        {
            ObservedGeneration = agent.Metadata.Generation,
            Model = agent.Spec.Models is [var first, ..] ? first.Name : resolved.Image,

            // What is missing leaves the pods as they are, and the status says what they are.
            Revision = isLeft ? before?.Revision : resolved.Revision,
            Prompt = isLeft ? before?.Prompt : resolved.Prompt,
            Url = AgentNames.UrlOf(agent.Metadata.Name!, agent.Metadata.Namespace!),
            Replicas = seen.Deployment?.Status?.Replicas ?? 0,
            ReadyReplicas = seen.Deployment?.Status?.ReadyReplicas ?? 0,
            ReadyReplicasText = $"{seen.Deployment?.Status?.ReadyReplicas ?? 0}/{seen.Deployment?.Spec?.Replicas ?? agent.Spec.Scaling?.Min ?? agent.Spec.Replicas ?? 1}",
            Selector = AgentNames.SelectorText(agent),
            Dapr = new AgentDaprStatus { Mode = resolved.DaprMode, AppId = resolved.HasDapr ? DaprChoice.AppIdOf(agent) : null, SidecarImage = sidecars?.Image },
            Tools = ToolUnion.Of(live),
            Usage = UsageSum.Of(seen.Reports, today) ?? Kept(before?.Usage, today),
            Conditions = Conditions.Merge(before?.Conditions, conditions, agent.Metadata.Generation, now),
        };
        DateTimeOffset wake = now + (children.Awaited is not null ? AwaitedPoll : resolved.Problems is [] && children.Refusal is null ? Poll : MissingPoll);
        return new AgentDecision(status, sidecars?.Repair, sidecars?.WakeAt is { } at && at < wake ? at : wake);
    }

    /// <summary>Counts whose reports are gone: they hold until the day ends.</summary>
    private static AgentUsage? Kept(AgentUsage? before, DateOnly today) =>
        before?.Day == today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ? before : null;
}
