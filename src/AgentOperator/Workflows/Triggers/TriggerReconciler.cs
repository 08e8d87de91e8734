using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Events;
using AgentOperator.Controllers.Owning;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Patching;
using AgentOperator.Workflows.RunSpecs;
using AgentOperator.Workflows.Telling;
using AgentOperator.Workflows.Triggers.Children;
using AgentOperator.Workflows.Triggers.Deciding;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.Workflows.Triggers;

/// <summary>Observes a definition, decides, writes its status, then creates and ends Workflows: a run is on record before its Workflow exists, and its event is known as decided on after that.</summary>
[RequiresAccess<Workflow>(Verbs.Create, Verbs.Get)]
[RequiresAccess<EventDelivery>(Verbs.Delete, Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Watch)]
internal sealed class TriggerReconciler(
    KubeClient client,
    ObjectStore<Workflow> workflows,
    ObjectStore<EventDelivery> deliveries,
    TriggerProblems problems,
    WorkflowStopper stopper,
    RunSpecStore specs,
    IEventRecorder events,
    OwnWrites writes,
    TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(1);
    private static readonly ApplyOptions Apply = new(WorkflowReconciler.FieldManager);

    // Workflows that the API server would not take, by definition and name, with why: nothing else remembers that.
    private readonly ConcurrentDictionary<(string Uid, string Name), string> _refused = new();

    public async Task<Outcome> ReconcileAsync(Workflow definition, CancellationToken cancellation)
    {
        TriggerFacts facts = await ObserveAsync(definition, cancellation);
        DateTimeOffset now = time.GetUtcNow();
        TriggerDecision decision = TriggerDecider.Decide(definition, facts, now);
        if (!await AreUndecidedAsync(definition, decision, cancellation))
        {
            return Outcome.After(Stale);
        }

        bool isCurrent = IsUnchanged(definition, decision.Status)
            ? !decision.HasEffects || await IsCurrentAsync(definition, cancellation)
            : await TryWriteAsync(definition, decision, cancellation);
        if (!isCurrent)
        {
            return Outcome.Done;
        }

        bool refused;
        try
        {
            refused = await StartAsync(definition, decision.Starts, cancellation);
        }
        catch (Exception error) when (error is KubeApiException or NameTakenException)
        {
            // What goes may be what a quota that refused the start has no room for.
            await SettleAsync(definition, decision, cancellation);
            throw;
        }

        await SettleAsync(definition, decision, cancellation);
        DateTimeOffset? wakeAt = TriggerProblems.WakeAt(definition, now) is { } look && !(decision.WakeAt <= look) ? look : decision.WakeAt;
        return refused ? Outcome.Again : wakeAt is { } at ? Outcome.After(at - now < LongestWait ? at - now : LongestWait) : Outcome.Done;
    }

    /// <summary>What the caches show; what the status counts on and they do not show is looked up.</summary>
    private async Task<TriggerFacts> ObserveAsync(Workflow definition, CancellationToken cancellation)
    {
        string uid = definition.Metadata.Uid!;
        Dictionary<string, Workflow> children = workflows.Indexed(uid).Values.Where(child => child.IsMadeFor(definition)).ToDictionary(static child => child.Metadata.Name!, StringComparer.Ordinal);
        Dictionary<string, EventDelivery> accepted = deliveries.Indexed(uid).Values.Where(delivery => delivery.IsMadeFor(definition)).ToDictionary(static delivery => delivery.Metadata.Name!, StringComparer.Ordinal);
        foreach (ChildRun run in definition.Status?.Children ?? [])
        {
            if (!children.ContainsKey(run.Name) && await client.Resource<Workflow>(definition.Metadata.Namespace).FindAsync(run.Name, cancellation) is { } live && live.IsMadeFor(definition))
            {
                children.Add(run.Name, live);
            }

            string name = EventName.OfDelivery(definition.Metadata.Name!, uid, run.Trigger, run.Event);
            if (IsDelivered(run) && !accepted.ContainsKey(name) && await client.Resource<EventDelivery>(definition.Metadata.Namespace).FindAsync(name, cancellation) is { } delivery && delivery.IsMadeFor(definition))
            {
                accepted.Add(name, delivery);
            }
        }

        Dictionary<string, string> refusals = _refused.Where(entry => entry.Key.Uid == uid).ToDictionary(static entry => entry.Key.Name, static entry => entry.Value, StringComparer.Ordinal);
        return new TriggerFacts([.. children.Values], [.. accepted.Values], await problems.OfAsync(definition, cancellation)) { Refusals = refusals };
    }

    private static bool IsDelivered(ChildRun run) => run.Trigger != EventName.Apply && EventName.TimeOf(run.Event) is null;

    /// <summary>Before a run is put on record: its event must not have been decided on by another replica, which a cache that is behind would not show.</summary>
    private async Task<bool> AreUndecidedAsync(Workflow definition, TriggerDecision decision, CancellationToken cancellation)
    {
        HashSet<string> known = new((definition.Status?.Children ?? []).Select(static run => run.Name), StringComparer.Ordinal);
        foreach (ChildStart start in decision.Starts.Where(start => start.Delivery is not null && !known.Contains(start.Run.Name)))
        {
            if (await client.Resource<EventDelivery>(definition.Metadata.Namespace).FindAsync(start.Delivery!, cancellation) is not { IsHandled: false } live || !live.IsMadeFor(definition))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Creates the Workflows; true when one was refused for good.</summary>
    private async Task<bool> StartAsync(Workflow definition, IReadOnlyList<ChildStart> starts, CancellationToken cancellation)
    {
        bool refused = false;
        ResourceClient<Workflow> children = client.Resource<Workflow>(definition.Metadata.Namespace);
        foreach (ChildStart start in starts)
        {
            Workflow child = EventChild.Build(definition, start);
            try
            {
                writes.Record(definition.Key(), workflows, (await children.CreateAsync(child, cancellation)).Metadata.ResourceVersion);
            }
            catch (KubeApiException error) when (error.IsAlreadyExists)
            {
                if (await children.FindAsync(start.Run.Name, cancellation) is { } found && !EventChild.IsSame(found, definition, start))
                {
                    events.Record(definition, EventTypes.Warning, EventReasons.NameTaken, "Start", $"a Workflow named {start.Run.Name} exists and is not of this event: delete it");
                    throw new NameTakenException($"Workflow {start.Run.Name} exists and is not of event {start.Run.Event} of {definition.Key()}.", error);
                }
            }
            catch (KubeApiException error) when (error.IsInvalid || error.IsTooLarge)
            {
                _refused[(definition.Metadata.Uid!, start.Run.Name)] = error.Message;
                refused = true;
            }
            catch (KubeApiException error) when (error.IsForbidden && !error.IsNamespaceTerminating)
            {
                // A quota gives way in time: the event stays, and is tried again.
                events.Record(definition, EventTypes.Warning, EventReasons.TriggerRefused, "Start", $"Workflow {start.Run.Name} cannot be created yet: {error.Message}");
                throw;
            }
        }

        return refused;
    }

    private async Task SettleAsync(Workflow definition, TriggerDecision decision, CancellationToken cancellation)
    {
        string ns = definition.Metadata.Namespace!;
        foreach (EventMark mark in decision.Marks)
        {
            await MarkAsync(definition, mark, cancellation);
        }

        foreach (ChildCancel cancel in decision.Cancels)
        {
            await stopper.CancelAsync(ns, cancel.Name, cancel.Uid, cancel.Request, cancellation);
        }

        foreach (ObjectDelete expired in decision.Expired)
        {
            await stopper.DeleteAsync(ns, expired.Name, expired.Uid, expired.ResourceVersion, cancellation);
        }

        foreach (ObjectDelete forgotten in decision.Forgotten)
        {
            await client.Resource<EventDelivery>(ns).DeleteAsync(forgotten.Name, new DeleteOptions { Uid = forgotten.Uid }, cancellation);
        }

        foreach ((string Uid, string Name) key in _refused.Keys.Where(key => key.Uid == definition.Metadata.Uid && decision.Status.Children?.Any(run => run.Name == key.Name) != true))
        {
            _refused.TryRemove(key, out _);
        }
    }

    /// <summary>Notes what became of an event, and lets its content go.</summary>
    private async Task MarkAsync(Workflow definition, EventMark mark, CancellationToken cancellation)
    {
        JsonObject patch = new()
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = mark.ResourceVersion, ["annotations"] = new JsonObject { [Labels.Outcome] = mark.Outcome } },
            ["data"] = null,
        };
        try
        {
            EventDelivery marked = await client.Resource<EventDelivery>(definition.Metadata.Namespace).PatchAsync(mark.Delivery, Patch.Merge(JsonSerializer.SerializeToUtf8Bytes(patch, OperatorJsonContext.Default.JsonNode)), cancellation);
            writes.Record(definition.Key(), deliveries, marked.Metadata.ResourceVersion);
        }
        catch (KubeApiException error) when (error.IsNotFound || error.IsConflict)
        {
            // Somebody was faster: the cache will show it.
        }
    }

    /// <summary>False when the definition is gone. A stale decision throws a conflict, and is made anew.</summary>
    private async Task<bool> TryWriteAsync(Workflow definition, TriggerDecision decision, CancellationToken cancellation)
    {
        WorkflowStatusWrite write = new()
        {
            Metadata = new ObjectMeta { Name = definition.Metadata.Name, Namespace = definition.Metadata.Namespace, ResourceVersion = definition.Metadata.ResourceVersion },
            Status = decision.Status,
        };
        try
        {
            WorkflowStatusWrite written = await client.Resource<WorkflowStatusWrite>(definition.Metadata.Namespace).ApplyStatusAsync(write, Apply, cancellation);
            writes.Record(definition.Key(), workflows, written.Metadata.ResourceVersion);
            foreach (RunNews news in decision.News)
            {
                events.Record(definition, news.IsWarning ? EventTypes.Warning : EventTypes.Normal, news.Reason, news.Action, news.Note);
            }

            await specs.DropAsync(definition, decision.Status, cancellation);
            return true;
        }
        catch (KubeApiException error) when (error.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>An effect without a write before it has no fence: the cache must be shown to be current.</summary>
    private async Task<bool> IsCurrentAsync(Workflow definition, CancellationToken cancellation)
    {
        WorkflowStatusWrite? live = await client.Resource<WorkflowStatusWrite>(definition.Metadata.Namespace).FindAsync(definition.Metadata.Name!, cancellation);
        return live?.Metadata.Uid == definition.Metadata.Uid && live?.Metadata.ResourceVersion == definition.Metadata.ResourceVersion;
    }

    private static bool IsUnchanged(Workflow definition, WorkflowStatus status) => definition.Status is { } before && Bytes(before).AsSpan().SequenceEqual(Bytes(status));

    private static byte[] Bytes(WorkflowStatus status) => JsonSerializer.SerializeToUtf8Bytes(status, ApiJsonContext.Default.WorkflowStatus);
}
