using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Conditions by type; those that no longer hold are left out, as kstatus wants the abnormal ones.</summary>
internal static class Conditions
{
    /// <summary>The conditions with one more, or with another state of it.</summary>
    public static IReadOnlyList<Condition> With(IReadOnlyList<Condition>? before, ConditionState state, long? generation, DateTimeOffset now) =>
        [.. (before ?? []).Where(condition => condition.Type != state.Type), .. Merge(before, [state], generation, now)];

    /// <summary>The new set of conditions; the time of one moves only when its status flips.</summary>
    public static IReadOnlyList<Condition> Merge(IReadOnlyList<Condition>? before, IReadOnlyList<ConditionState> wanted, long? generation, DateTimeOffset now)
    {
        List<Condition> merged = [];
        foreach (ConditionState state in wanted)
        {
            Condition? old = before?.FirstOrDefault(condition => condition.Type == state.Type);
            merged.Add(new Condition
            {
                Type = state.Type,
                Status = state.Status,
                Reason = state.Reason,
                Message = state.Message,
                ObservedGeneration = generation,
                LastTransitionTime = old?.Status == state.Status ? old.LastTransitionTime : new Time(now),
            });
        }

        return merged;
    }
}
