using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models;

namespace AgentOperator.Agents.Deciding;

/// <summary>Something that a person would want to read of an Agent.</summary>
internal sealed record AgentNews(bool IsWarning, string Reason, string Action, string Note)
{
    /// <summary>What has come between two statuses.</summary>
    public static IEnumerable<AgentNews> Between(AgentStatus? before, AgentStatus after)
    {
        if (Turned(before, after, AgentConditionTypes.ResolvedRefs) is { } refs)
        {
            if (refs.Status == ConditionStatus.False)
            {
                yield return new(true, EventReasons.ReferenceMissing, "Resolve", refs.Message);
            }
            else if (before?.Conditions is not null)
            {
                yield return new(false, EventReasons.ReferencesResolved, "Resolve", refs.Message);
            }
        }

        if (after.Revision is { } revision && revision != before?.Revision && Find(after, AgentConditionTypes.ResolvedRefs)?.Status == ConditionStatus.True)
        {
            yield return new(false, EventReasons.AgentRollout, "Rollout", $"revision {revision}{(after.Prompt is { } prompt ? $" with prompt {prompt.Name}@{prompt.Revision}" : "")}");
        }

        if (Turned(before, after, ConditionTypes.Ready) is { Status: not ConditionStatus.Unknown } ready && (ready.Status == ConditionStatus.True || Find(before, ConditionTypes.Ready)?.Status == ConditionStatus.True))
        {
            yield return ready.Status == ConditionStatus.True ? new(false, EventReasons.AgentReady, "Serve", ready.Message) : new(true, EventReasons.AgentNotReady, "Serve", ready.Message);
        }

        if (Turned(before, after, ConditionTypes.Stalled) is { Status: ConditionStatus.True } stalled)
        {
            yield return new(true, stalled.Reason, "Reconcile", stalled.Message);
        }

        if (Turned(before, after, AgentConditionTypes.SidecarInjected) is { Status: ConditionStatus.False } sidecar)
        {
            yield return new(true, EventReasons.SidecarMissing, "Check", sidecar.Message);
        }

        if (Turned(before, after, AgentConditionTypes.ModelReachable) is { Status: ConditionStatus.False } model)
        {
            yield return new(true, model.Reason, "Check", model.Message);
        }
    }

    /// <summary>The condition when its status is another one than before.</summary>
    private static Condition? Turned(AgentStatus? before, AgentStatus after, string type) =>
        Find(after, type) is { } now && Find(before, type)?.Status != now.Status ? now : null;

    private static Condition? Find(AgentStatus? status, string type) => status?.Conditions?.FirstOrDefault(condition => condition.Type == type);
}
