using System.Text.Json;
using AgentOperator.Agents.Building;
using AgentOperator.Agents.Deciding;
using AgentOperator.Agents.Observing;
using AgentOperator.Agents.Resolving;
using AgentOperator.Agents.Writing;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Channels;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Events;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Events;

namespace AgentOperator.Agents;

/// <summary>Observes, makes the children what they are to be, and writes what there is of it to the status.</summary>
[RequiresAccess<Agent>(Verbs.List, Verbs.Watch)]
[RequiresAccess<Agent>(Verbs.Patch, Subresource = "status")]
[RequiresAccess<Pod>(Verbs.Delete)]
[RequiresAccess<Event>(Verbs.Create, Verbs.Patch)]
internal sealed class AgentReconciler(
    KubeClient client,
    ObjectStore<Agent> agents,
    AgentObserver observer,
    AgentWriter writer,
    AgentPlatform around,
    ChannelState channel,
    IEventRecorder events,
    OwnWrites writes,
    TimeProvider time) : IReconciler<Agent>
{
    private static readonly TimeSpan Starting = TimeSpan.FromSeconds(1);
    private static readonly ApplyOptions Apply = new("agentoperator-agent");

    public async Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (agents.Find(key) is not { } agent || agent.IsTerminating())
        {
            writer.Forget(key);
            return Outcome.Done;
        }

        bool isOpen = channel.TryGet(out ChannelAccess? access);
        if (!isOpen && !channel.HasFailed)
        {
            // The operator is starting: nothing that a status should tell.
            return Outcome.After(Starting);
        }

        AgentPlatform platform = around with { Channel = access };
        AgentObservation seen = await observer.ObserveAsync(agent, cancellation);
        ResolvedAgent resolved = AgentResolver.Resolve(agent, seen, platform);

        // With something missing the pods are left as they are: neither a rollout nor a deletion.
        ChildOutcome outcome = (resolved.Problems is [], isOpen) switch
        {
            (false, _) => seen.Deployment is null ? ChildOutcome.Unchanged : await WriteAsync(agent, resolved, seen, platform, writer.KeepAsync, cancellation),
            (true, true) => await WriteAsync(agent, resolved, seen, platform, writer.WriteAsync, cancellation),

            // A pod that is made now would never learn the address.
            _ => new ChildOutcome { Awaited = channel.Problem ?? "it is being opened" },
        };
        DateTimeOffset now = time.GetUtcNow();
        AgentDecision decision = AgentDecider.Decide(agent, seen, resolved, outcome, now);
        if (!IsUnchanged(agent, decision.Status) && !await TryWriteAsync(agent, decision.Status, cancellation))
        {
            return Outcome.Done;
        }

        if (decision.Repair is { } pod)
        {
            events.Record(agent, EventTypes.Warning, EventReasons.SidecarMissing, "Delete", $"pod {pod.Metadata.Name} came up without its Dapr sidecar: deleted, so that another comes up");
            await client.Resource<Pod>(key.Namespace).DeleteAsync(pod.Metadata.Name!, new DeleteOptions { Uid = pod.Metadata.Uid }, cancellation);
        }

        TimeSpan wait = decision.WakeAt - now;
        return Outcome.After(wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1));
    }

    private static async Task<ChildOutcome> WriteAsync(Agent agent, ResolvedAgent resolved, AgentObservation seen, AgentPlatform platform, Func<Agent, AgentChildren, CancellationToken, Task<ChildOutcome>> write, CancellationToken cancellation)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(resolved.ConfigText) > AgentConfigMap.MaxBytes)
        {
            return ChildOutcome.Refused("TooLarge", $"prompt, schemas and scripts together are more than the {AgentConfigMap.MaxBytes} bytes of a ConfigMap: shorten them");
        }

        AgentChildren wanted;
        try
        {
            wanted = AgentChildrenBuilder.Build(agent, resolved, seen, platform);
        }
        catch (JsonException error)
        {
            return ChildOutcome.Refused("InvalidPodPart", $"a part of deployment or network is not as Kubernetes defines it (at {error.Path}): a field is unknown, missing or of another type; kubectl explain pod.spec shows what there is");
        }

        return await write(agent, wanted, cancellation);
    }

    /// <summary>False when the Agent is gone. A stale decision throws a conflict, and is made anew.</summary>
    private async Task<bool> TryWriteAsync(Agent agent, AgentStatus status, CancellationToken cancellation)
    {
        AgentStatusWrite write = new()
        {
            // The version makes this apply the fence: a leader that was paused, or a stale cache, gets 409.
            Metadata = new ObjectMeta { Name = agent.Metadata.Name, Namespace = agent.Metadata.Namespace, ResourceVersion = agent.Metadata.ResourceVersion },
            Status = status,
        };
        try
        {
            AgentStatusWrite written = await client.Resource<AgentStatusWrite>(agent.Metadata.Namespace).ApplyStatusAsync(write, Apply, cancellation);
            writes.Record(agent.Key(), agents, written.Metadata.ResourceVersion);
        }
        catch (KubeApiException error) when (error.IsNotFound)
        {
            return false;
        }

        foreach (AgentNews news in AgentNews.Between(agent.Status, status))
        {
            events.Record(agent, news.IsWarning ? EventTypes.Warning : EventTypes.Normal, news.Reason, news.Action, news.Note);
        }

        return true;
    }

    private static bool IsUnchanged(Agent agent, AgentStatus status) => agent.Status is { } before && Bytes(before).AsSpan().SequenceEqual(Bytes(status));

    private static byte[] Bytes(AgentStatus status) => JsonSerializer.SerializeToUtf8Bytes(status, ApiJsonContext.Default.AgentStatus);
}
