using System.Collections.Concurrent;
using AgentOperator.Api.Agents;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Owning;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;

namespace AgentOperator.Agents.Writing;

/// <summary>Writes children by server-side apply, and only when there is something to write: the wanted child is new, or the one that there is is not as the last apply left it.</summary>
internal sealed class ChildWriter(KubeClient client, OwnWrites writes)
{
    private static readonly ApplyOptions Apply = new("agentoperator-agent");

    // By kind and key: what was applied, and how the object looked then. Lost with the process, which costs one apply.
    private readonly ConcurrentDictionary<(string Kind, ObjectKey Key), (ObjectKey Agent, string Wanted, string Stored)> _applied = new();

    /// <summary>True when something was written.</summary>
    /// <exception cref="NameTakenException">Somebody else's object has the name; it is not touched.</exception>
    public async Task<bool> ApplyAsync<T>(Agent agent, ObjectStore<T> store, T wanted, CancellationToken cancellation)
        where T : class, IKubernetesObject<T>
    {
        T? there = store.Find(wanted.Key());
        if (there is not null && there.ControllerOwner()?.Uid != agent.Metadata.Uid)
        {
            throw Taken(there);
        }

        (string Kind, ObjectKey) key = (T.Resource.Kind, wanted.Key());
        string stamp = ChildStamp.Of(wanted);
        if (there is not null && _applied.TryGetValue(key, out (ObjectKey Agent, string Wanted, string Stored) applied) && applied.Wanted == stamp && applied.Stored == ChildStamp.Of(there))
        {
            return false;
        }

        // A stranger's object has none of our labels: the cache does not know it.
        if (there is null && await client.Resource<T>(wanted.Metadata.Namespace).FindAsync(wanted.Metadata.Name!, cancellation) is { } live && live.ControllerOwner()?.Uid != agent.Metadata.Uid)
        {
            throw Taken(live);
        }

        T written = await client.Resource<T>(wanted.Metadata.Namespace).ApplyAsync(wanted, Apply, cancellation);
        _applied[key] = (agent.Key(), stamp, ChildStamp.Of(written));
        writes.Record(agent.Key(), store, written.Metadata.ResourceVersion);
        return there is null || there.Metadata.ResourceVersion != written.Metadata.ResourceVersion;
    }

    /// <summary>Deletes a child that the spec no longer needs; true when there was one.</summary>
    public async Task<bool> DeleteAsync<T>(Agent agent, ObjectStore<T> store, string name, CancellationToken cancellation)
        where T : class, IKubernetesObject<T>
    {
        ObjectKey key = new(agent.Metadata.Namespace, name);
        if (store.Find(key) is not { } there || there.ControllerOwner()?.Uid != agent.Metadata.Uid || there.IsTerminating())
        {
            return false;
        }

        _applied.TryRemove((T.Resource.Kind, key), out _);
        return await client.Resource<T>(agent.Metadata.Namespace).DeleteAsync(name, new DeleteOptions { Uid = there.Metadata.Uid }, cancellation);
    }

    /// <summary>Forgets what belonged to an agent that is gone.</summary>
    public void Forget(ObjectKey agent)
    {
        foreach ((string, ObjectKey) known in _applied.Where(known => known.Value.Agent == agent).Select(static known => known.Key))
        {
            _applied.TryRemove(known, out _);
        }
    }

    private static NameTakenException Taken<T>(T found)
        where T : class, IKubernetesObject<T> =>
        new($"{T.Resource.Kind} {found.Metadata.Name} exists and belongs to {(found.ControllerOwner() is { } other ? $"{other.Kind} {other.Name}" : "nobody")}: delete or rename it, or give the Agent another name");
}
