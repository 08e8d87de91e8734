using System.Collections.Concurrent;
using System.Text.Json;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Digests;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Owning;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;

namespace AgentOperator.Agents.Dapr;

/// <summary>Writes Dapr's objects when they mean something else than those that there are: any write of a Configuration may restart sidecars. They are read by name and not watched, since Dapr need not be there.</summary>
[RequiresAccess<DaprComponentObject>(Verbs.Create, Verbs.Delete, Verbs.List, Verbs.Patch)]
[RequiresAccess<DaprConfigurationObject>(Verbs.Create, Verbs.Delete, Verbs.List, Verbs.Patch)]
[RequiresAccess<DaprResiliencyObject>(Verbs.Create, Verbs.Delete, Verbs.List, Verbs.Patch)]
[RequiresAccess<DaprSubscriptionObject>(Verbs.Create, Verbs.Delete, Verbs.List, Verbs.Patch)]
internal sealed class DaprWriter(KubeClient client)
{
    private static readonly ApplyOptions Apply = new("agentoperator-agent");

    // Agents that had objects: those without any ask the server nothing.
    private readonly ConcurrentDictionary<(ObjectKey Agent, string Kind), (string? Uid, bool Had)> _had = new();

    /// <param name="agent">Owner of the objects.</param>
    /// <param name="wanted">Null: nothing is touched.</param>
    /// <param name="cancellation">Ends the requests.</param>
    /// <exception cref="NameTakenException">Somebody else's object has a name.</exception>
    public async Task WriteAsync(Agent agent, DaprObjects? wanted, CancellationToken cancellation)
    {
        if (wanted is null)
        {
            return;
        }

        await WriteAsync(agent, wanted.Components, static item => (item.Spec, item.Scopes), cancellation);
        await WriteAsync<DaprConfigurationObject>(agent, wanted.Configuration is { } configuration ? [configuration] : [], static item => (item.Spec, null), cancellation);
        await WriteAsync<DaprResiliencyObject>(agent, wanted.Resiliency is { } resiliency ? [resiliency] : [], static item => (item.Spec, item.Scopes), cancellation);
        await WriteAsync(agent, wanted.Subscriptions, static item => (item.Spec, item.Scopes), cancellation);
    }

    /// <summary>Forgets an agent that is gone.</summary>
    public void Forget(ObjectKey agent)
    {
        foreach ((ObjectKey, string) known in _had.Keys.Where(known => known.Agent == agent))
        {
            _had.TryRemove(known, out _);
        }
    }

    private async Task WriteAsync<T>(Agent agent, IReadOnlyList<T> wanted, Func<T, (JsonElement? Spec, IReadOnlyList<string>? Scopes)> meaning, CancellationToken cancellation)
        where T : class, IKubernetesObject<T>
    {
        (ObjectKey, string) memory = (agent.Key(), T.Resource.Kind);
        if (wanted is [] && _had.TryGetValue(memory, out (string? Uid, bool Had) known) && known == (agent.Metadata.Uid, false))
        {
            return;
        }

        ResourceClient<T> resource = client.Resource<T>(agent.Metadata.Namespace);
        IReadOnlyList<T> all = (await resource.ListAsync(new ListOptions(), cancellation)).Items;
        foreach (T item in wanted)
        {
            T? there = all.FirstOrDefault(candidate => candidate.Metadata.Name == item.Metadata.Name);
            if (there is not null && there.ControllerOwner()?.Uid != agent.Metadata.Uid)
            {
                throw new NameTakenException($"{T.Resource.Kind} {there.Metadata.Name} of Dapr exists and belongs to {(there.ControllerOwner() is { } other ? $"{other.Kind} {other.Name}" : "nobody")}: rename it in dapr.components, or delete it");
            }

            if (there is null || Text(meaning(there)) != Text(meaning(item)))
            {
                await resource.ApplyAsync(item, Apply, cancellation);
            }
        }

        foreach (T surplus in all.Where(candidate => candidate.ControllerOwner()?.Uid == agent.Metadata.Uid && wanted.All(item => item.Metadata.Name != candidate.Metadata.Name)))
        {
            await resource.DeleteAsync(surplus.Metadata.Name!, new DeleteOptions { Uid = surplus.Metadata.Uid }, cancellation);
        }

        _had[memory] = (agent.Metadata.Uid, wanted is not []);
    }

    private static string Text((JsonElement? Spec, IReadOnlyList<string>? Scopes) meaning) =>
        $"{(meaning.Spec is { } spec ? CanonicalJson.Format(spec) : "")}{string.Join(',', meaning.Scopes ?? [])}";
}
