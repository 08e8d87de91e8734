using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Resolving;
using AgentOperator.Api.Agents;

namespace AgentOperator.Agents.Dapr;

/// <summary>Whether an agent has a sidecar, and who it is in Dapr.</summary>
internal static class DaprChoice
{
    /// <summary>Always or Never. Auto is decided once: what status says stays, whatever becomes of Dapr.</summary>
    public static string ModeOf(AgentSpec spec, AgentDaprStatus? before, DaprFacts? facts) => (spec.Dapr?.Mode ?? DaprModes.Auto) switch
    {
        DaprModes.Auto => before?.Mode ?? (facts is { IsUsable: true } ? DaprModes.Always : DaprModes.Never),
        string said => said,
    };

    public static string AppIdOf(Agent agent) => agent.Spec.Dapr?.AppId ?? agent.Metadata.Name!;

    public static string? StateStoreOf(AgentSpec spec) =>
        spec.Dapr?.StateStore ?? spec.Dapr?.Components?.FirstOrDefault(static component => component.Type.StartsWith("state.", StringComparison.Ordinal))?.Name;

    /// <summary>What keeps an agent's pods from being what the spec asks for.</summary>
    public static IEnumerable<ReferenceProblem> Problems(Agent agent, AgentObservation seen, string mode)
    {
        if (mode != DaprModes.Always)
        {
            yield break;
        }

        if (seen.Dapr is not { IsUsable: true } && seen.Deployment is null)
        {
            yield return new ReferenceProblem("DaprNotInstalled", "dapr.mode is Always and the cluster has no dapr.io resources or no sidecar injector: install Dapr, or set dapr.mode to Never");
        }

        string id = AppIdOf(agent);
        if (seen.Neighbours.Where(neighbour => HasDapr(neighbour) && AppIdOf(neighbour) == id && IsBefore(neighbour, agent)).MinBy(static neighbour => neighbour.Metadata.CreationTimestamp?.Value) is { } first)
        {
            yield return new ReferenceProblem("AppIdTaken", $"Agent {first.Metadata.Name} has the Dapr app-id {id} already, and two workloads of a namespace must not share one: set another dapr.appId");
        }
    }

    private static bool HasDapr(Agent agent) => agent.Spec.Dapr?.Mode != DaprModes.Never && agent.Status?.Dapr?.Mode != DaprModes.Never;

    private static bool IsBefore(Agent left, Agent right) =>
        (left.Metadata.CreationTimestamp?.Value, left.Metadata.Name).CompareTo((right.Metadata.CreationTimestamp?.Value, right.Metadata.Name)) < 0;
}
