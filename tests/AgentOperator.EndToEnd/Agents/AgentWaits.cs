using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>Waits for what an Agent's status says.</summary>
internal static class AgentWaits
{
    private const string Name = "reviewer";

    public static Task<Agent> UntilAgentAsync(this TestNamespace ns, Func<Agent, bool> holds) =>
        ns.UntilAsync<Agent>(Name, holds, static last => string.Join("; ", (last.Status?.Conditions ?? []).Select(static condition => $"{condition.Type}={condition.Status} {condition.Reason}: {condition.Message}")));

    /// <summary>Waits until a condition has a status, and a reason where one is given.</summary>
    public static Task<Agent> UntilConditionAsync(this TestNamespace ns, string type, string status, string? reason = null) =>
        ns.UntilAgentAsync(agent => agent.Status?.ObservedGeneration == agent.Metadata.Generation && agent.Status?.Conditions?.Any(condition => condition.Type == type && condition.Status == status && (reason is null || condition.Reason == reason)) == true);

    /// <summary>An Agent once a pod of it has found tools: it is ready without them.</summary>
    public static Task<Agent> UntilToolsAsync(this TestNamespace ns, string name) =>
        ns.UntilAsync<Agent>(name, static agent => agent.Status?.Tools is [{ Names.Count: > 0 }], static last => string.Join("; ", (last.Status?.Tools ?? []).Select(static tools => $"{tools.Server}: {tools.Problem}")));

    public static Task<T> UntilChildAsync<T>(this TestNamespace ns, Func<T, bool> holds)
        where T : class, IKubernetesObject<T> => ns.UntilAsync<T>(Name, holds, static last => $"{last.Metadata.Name} at {last.Metadata.ResourceVersion}");

    public static Task<T?> FindAsync<T>(this TestNamespace ns)
        where T : class, IKubernetesObject<T> => ns.Client.Resource<T>(ns.Name).FindAsync(Name, TestContext.Current.CancellationToken);
}
