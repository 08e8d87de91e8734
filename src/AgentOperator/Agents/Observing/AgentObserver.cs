using System.Security.Cryptography;
using System.Text;
using AgentOperator.Agents.Building;
using AgentOperator.Agents.Dapr;
using AgentOperator.Agents.Resolving;
using AgentOperator.Agents.Usage;
using AgentOperator.Agents.Writing;
using AgentOperator.Api.Agents;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Core;
using AgentOperator.PromptTemplates.Revisions;

namespace AgentOperator.Agents.Observing;

/// <summary>Gathers what an Agent is decided from. Secrets and ConfigMaps of users are read by name, never listed and never watched.</summary>
[RequiresAccess<Secret>(Verbs.Get)]
[RequiresAccess<ConfigMap>(Verbs.Get)]
[RequiresAccess<ControllerRevision>(Verbs.Get)]
[RequiresAccess<ServiceAccount>(Verbs.Get)]
[RequiresAccess<Pod>(Verbs.List, Verbs.Watch)]
internal sealed class AgentObserver(
    KubeClient client,
    ObjectStore<Agent> agents,
    ObjectStore<AgentPod> pods,
    AgentStores stores,
    PromptVersions prompts,
    ClusterFactsReader facts,
    PriceCatalogueReader prices,
    SidecarMetadataReader sidecars)
{
    public async Task<AgentObservation> ObserveAsync(Agent agent, CancellationToken cancellation)
    {
        string ns = agent.Metadata.Namespace!;
        (StoredRevision? revision, string? problem) = agent.Spec.Prompt is { } prompt ? await prompts.FindAsync(client, ns, prompt.Name, prompt.Version, cancellation) : (null, null);
        ClusterFacts cluster = await facts.ReadAsync(cancellation);
        Deployment? deployment = stores.Deployments.Find(new ObjectKey(ns, agent.Metadata.Name!));
        ConfigMap? reports = stores.ConfigMaps.Find(new ObjectKey(ns, AgentNames.ReportsOf(agent.Metadata.Name!)));
        AgentPod[] own = [.. pods.Indexed(KeyOf(ns, agent.Metadata.Name!)).Values];
        return new AgentObservation
        {
            Prompt = revision,
            PromptProblem = problem,
            Secrets = await SecretsAsync(agent, ns, cancellation),
            Scripts = await ScriptsAsync(agent, ns, cancellation),
            Neighbours = [.. agents.All.Where(other => other.Metadata.Namespace == ns && other.Metadata.Name != agent.Metadata.Name)],
            HasServiceAccount = agent.Spec.Deployment?.ServiceAccountName is not { } account || await client.Resource<ServiceAccount>(ns).FindAsync(account, cancellation) is not null,
            Deployment = deployment?.ControllerOwner()?.Uid == agent.Metadata.Uid ? deployment : null,
            Pods = own,
            Reports = StoredReport.Read(reports?.ControllerOwner()?.Uid == agent.Metadata.Uid ? reports : null),
            Prices = await prices.ReadAsync(cancellation),
            HasCustomMetrics = cluster.HasCustomMetrics,
            Dapr = cluster.Dapr,
            LoadedComponents = agent.Spec.Dapr?.Components is { Count: > 0 } ? await sidecars.ReadAsync(own, cancellation) : null,
        };
    }

    /// <summary>What the cache of pods is indexed by.</summary>
    public static string KeyOf(string? ns, string agent) => $"{ns}/{agent}";

    private async Task<IReadOnlyDictionary<ObjectKeySelector, FoundKey>> SecretsAsync(Agent agent, string ns, CancellationToken cancellation)
    {
        Dictionary<ObjectKeySelector, FoundKey> found = [];
        foreach (IGrouping<string, ObjectKeySelector> group in AgentReferences.Secrets(agent.Spec).Select(static reference => reference.Key).Distinct().GroupBy(static key => key.Name, StringComparer.Ordinal))
        {
            Secret? secret = await client.Resource<Secret>(ns).FindAsync(group.Key, cancellation);
            foreach (ObjectKeySelector key in group)
            {
                found[key] = new FoundKey(secret is not null, secret?.Data is { } data && data.TryGetValue(key.Key, out ReadOnlyMemory<byte> value) ? DigestOf(agent, value) : null);
            }
        }

        return found;
    }

    private async Task<IReadOnlyDictionary<ObjectKeySelector, FoundKey>> ScriptsAsync(Agent agent, string ns, CancellationToken cancellation)
    {
        Dictionary<ObjectKeySelector, FoundKey> found = [];
        foreach (ObjectKeySelector key in AgentReferences.Scripts(agent.Spec))
        {
            ConfigMap? map = await client.Resource<ConfigMap>(ns).FindAsync(key.Name, cancellation);
            found[key] = new FoundKey(map is not null, map?.Data?.GetValueOrDefault(key.Key));
        }

        return found;
    }

    /// <summary>Salted with the Agent's uid: equal keys of two agents do not look equal.</summary>
    private static string DigestOf(Agent agent, ReadOnlyMemory<byte> value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(agent.Metadata.Uid!), value.Span));
}
