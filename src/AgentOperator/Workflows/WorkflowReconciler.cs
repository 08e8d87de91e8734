using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Controllers.Events;
using AgentOperator.Controllers.Owning;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Apps;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Events;
using AgentOperator.Tracing;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Holding;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Memos;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Permits;
using AgentOperator.Workflows.Results;
using AgentOperator.Workflows.RunSpecs;
using AgentOperator.Workflows.Targets;
using AgentOperator.Workflows.Telling;
using AgentOperator.Workflows.Triggers;
using AgentOperator.Workflows.Triggers.Children;

namespace AgentOperator.Workflows;

/// <summary>Observes, decides, writes the status, then acts: an attempt is on record before its Job exists, so that a crash in between loses and repeats nothing.</summary>
[RequiresAccess<Workflow>(Verbs.Delete, Verbs.Get, Verbs.List, Verbs.Patch, Verbs.Watch)]
[RequiresAccess<Workflow>(Verbs.Patch, Subresource = "status")]
[RequiresAccess<Job>(Verbs.Create, Verbs.Delete, Verbs.Get, Verbs.List, Verbs.Watch)]
[RequiresAccess<Pod>(Verbs.List, Verbs.Watch)]
[RequiresAccess<ControllerRevision>(Verbs.Create, Verbs.Delete, Verbs.Get)]
[RequiresAccess<Event>(Verbs.Create, Verbs.Patch)]
[RequiresAccess<Namespace>(Verbs.Get, Verbs.List, Verbs.Watch)]
internal sealed class WorkflowReconciler(
    KubeClient client,
    ObjectStore<Workflow> workflows,
    ObjectStore<StepJob> jobs,
    AttemptObserver observer,
    JobStarter starter,
    NestedStarter nested,
    WorkflowStopper stopper,
    TriggerReconciler triggers,
    RunSpecStore specs,
    ItemKeeper items,
    IMemos memos,
    MemoKeeper keeper,
    OutputLoader outputs,
    GateObserver gates,
    ApprovalLog decisions,
    IHolds holds,
    ISurroundings surroundings,
    LockKeeper locks,
    IPermitBook permits,
    IEventRecorder events,
    RunTelling spans,
    OwnWrites writes,
    TimeProvider time) : IReconciler<Workflow>
{
    /// <summary>Owner of the status fields under server-side apply.</summary>
    public const string FieldManager = "agentoperator-workflow";

    /// <summary>Keeps an object that is deleted until its compensations have run.</summary>
    public const string Finalizer = ApiGroup.Name + "/compensate";

    private const int ParallelStarts = 8;

    /// <summary>Timers do not reach further than some weeks, and a ttl may.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private static readonly ApplyOptions Apply = new(FieldManager);

    public async Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (workflows.Find(key) is not { } workflow)
        {
            return Outcome.Done;
        }

        spans.See(workflow);
        try
        {
            return Definition.Is(workflow.Spec) && !Definition.HasOwnRun(workflow)
                ? await DefineAsync(workflow, cancellation)
                : await ReconcileAsync(await specs.FillAsync(workflow, cancellation), cancellation);
        }
        catch (StatusRefusedException error)
        {
            return Outcome.Terminal(error);
        }
    }

    /// <summary>A definition holds no locks: what is left is of a run before it became one.</summary>
    private async Task<Outcome> DefineAsync(Workflow workflow, CancellationToken cancellation)
    {
        TimeSpan? wait = locks.GivesBack(workflow, []) && await IsCurrentAsync(workflow, cancellation) ? await locks.KeepAsync(workflow, [], writes, cancellation) : null;
        Outcome outcome = await triggers.ReconcileAsync(workflow, cancellation);
        return wait is { } soon && (outcome.Kind == OutcomeKind.Done || (outcome.Kind == OutcomeKind.After && outcome.Delay > soon)) ? Outcome.After(soon) : outcome;
    }

    private async Task<Outcome> ReconcileAsync(Workflow workflow, CancellationToken cancellation)
    {
        using IPermitSession room = permits.Begin(workflow);
        (WorkflowDecision decision, DateTimeOffset now) = await DecideAsync(workflow, room, cancellation);
        if (decision.KeepsObject == true && !workflow.IsTerminating() && !HasFinalizer(workflow))
        {
            // Before anything is done that would have to be undone. Its event decides again.
            Workflow? kept = await Finalizers.EnsureAsync(client.Resource<Workflow>(workflow.Metadata.Namespace), workflow, Finalizer, cancellation);
            writes.Record(workflow.Key(), workflows, kept?.Metadata.ResourceVersion);
            return Outcome.Done;
        }

        await items.KeepAsync(decision.Keeps, cancellation);
        LockClaim[] locked = [.. decision.Locks.Select(request => new LockClaim(request.Id(workflow.Metadata.Namespace!), request.Holder, request.Priority)), .. room.Claims(decision.Status)];
        bool isCurrent = IsUnchanged(workflow, decision.Status)
            ? (decision is { Starts: [], Stops: [], IsExpired: false } && !locks.GivesBack(workflow, locked)) || await IsCurrentAsync(workflow, cancellation)
            : await TryWriteAsync(workflow, decision.Status, cancellation);
        if (!isCurrent)
        {
            return Outcome.Done;
        }

        room.Commit(decision.Status);
        bool refused;
        try
        {
            refused = await StartAsync(workflow, decision, cancellation);
        }
        catch when (!cancellation.IsCancellationRequested)
        {
            // What cannot be started, as while a webhook is down, keeps nothing from being stopped, and no lock.
            await SettleAsync(workflow, decision, locked, cancellation);
            throw;
        }

        TimeSpan? lockWait = await SettleAsync(workflow, decision, locked, cancellation);
        if (decision.IsExpired)
        {
            Tell(workflow, new RunNews(false, EventReasons.Expired, "Delete", $"run {decision.Status.Run} ended {workflow.Spec.TtlAfterFinished} ago"));
            await client.Resource<Workflow>(workflow.Metadata.Namespace).DeleteAsync(workflow.Metadata.Name!, new DeleteOptions { Uid = workflow.Metadata.Uid, ResourceVersion = workflow.Metadata.ResourceVersion }, cancellation);
            return Outcome.Done;
        }

        if (decision.KeepsObject == false && HasFinalizer(workflow))
        {
            Workflow? released = await Finalizers.RemoveAsync(client.Resource<Workflow>(workflow.Metadata.Namespace), workflow, Finalizer, cancellation);
            writes.Record(workflow.Key(), workflows, released?.Metadata.ResourceVersion);
        }

        // Nothing tells of a refused Job but this process's memory: decide again at once.
        TimeSpan wait = decision.WakeAt is { } at && at - now < LongestWait ? at - now : LongestWait;
        return refused ? Outcome.Again
            : lockWait < wait ? Outcome.After(lockWait.Value)
            : decision.WakeAt is null ? Outcome.Done
            : Outcome.After(wait);
    }

    /// <summary>Does what is decided beside the starts; returns when to look at the locks again.</summary>
    private async Task<TimeSpan?> SettleAsync(Workflow workflow, WorkflowDecision decision, LockClaim[] locked, CancellationToken cancellation)
    {
        await keeper.KeepAsync(workflow, decision.Status, decision.Memos, cancellation);
        foreach (AttemptStop stop in decision.Stops)
        {
            if (stop.Nested is { Cancel: { } request })
            {
                await stopper.CancelAsync(workflow.Metadata.Namespace!, stop.Job, stop.Uid, request, cancellation);
                continue;
            }

            if (stop.Nested is not null)
            {
                await stopper.DeleteAsync(workflow.Metadata.Namespace!, stop.Job, stop.Uid, null, cancellation);
                continue;
            }

            // In the foreground the Job stays until its pods have ended: what comes after can wait for that.
            await client.Resource<Job>(workflow.Metadata.Namespace).DeleteAsync(stop.Job, new DeleteOptions { Uid = stop.Uid, PropagationPolicy = "Foreground" }, cancellation);
        }

        // Last: a Lease that cannot be written must not keep a run from being stopped.
        return await locks.KeepAsync(workflow, locked, writes, cancellation);
    }

    /// <summary>Decides; where that takes values that are kept outside of status, they are loaded and it is decided anew.</summary>
    private async Task<(WorkflowDecision Decision, DateTimeOffset Now)> DecideAsync(Workflow workflow, IPermits room, CancellationToken cancellation)
    {
        Dictionary<string, JsonElement> loaded = new(StringComparer.Ordinal);
        HashSet<string> lost = new(StringComparer.Ordinal);
        Dictionary<string, ItemEvidence> evidence = new(StringComparer.Ordinal);
        Observed seen = new()
        {
            Attempts = await observer.ObserveAsync(workflow, cancellation),
            IsHeld = await holds.IsHeldAsync(workflow.Metadata.Namespace!, cancellation),
            IsNamespaceTerminating = workflow.IsTerminating() && HasFinalizer(workflow) && await IsGoingAsync(workflow.Metadata.Namespace!, cancellation),
            Surroundings = surroundings,
            Memos = memos,
            Gates = await gates.ObserveAsync(workflow, cancellation),
            Locks = locks.Book,
            Permits = room,
            Loaded = loaded,
            Lost = lost,
            Items = evidence,
        };
        while (true)
        {
            DateTimeOffset now = time.GetUtcNow();
            WorkflowDecision decision = WorkflowDecider.Decide(workflow, seen, now);
            if (decision.Proof != ProofWanted.None)
            {
                seen = seen with { Gates = await gates.ProveAsync(workflow, seen.Gates, decision.Proof, cancellation) };
                continue;
            }

            if (decision is { Missing: [], MissingItems: [] })
            {
                return (decision, now);
            }

            foreach (ItemsWanted wanted in decision.MissingItems)
            {
                evidence[wanted.Names.Results] = await items.ReadAsync(wanted, cancellation);
            }

            foreach (OutputReference reference in decision.Missing)
            {
                if (await outputs.LoadAsync(workflow.Metadata.Namespace!, reference, cancellation) is { } value)
                {
                    loaded[reference.Sha256] = value;
                }
                else
                {
                    lost.Add(reference.Sha256);
                }
            }
        }
    }

    private async Task<bool> IsGoingAsync(string ns, CancellationToken cancellation) =>
        await client.Resource<Namespace>().FindAsync(ns, cancellation) is null or { Metadata.DeletionTimestamp: not null };

    private static bool HasFinalizer(Workflow workflow) => workflow.Metadata.Finalizers?.Contains(Finalizer) == true;

    /// <summary>Creates Jobs and Workflows; true when one was refused.</summary>
    private async Task<bool> StartAsync(Workflow workflow, WorkflowDecision decision, CancellationToken cancellation)
    {
        int refused = 0;
        await Parallel.ForEachAsync(
            decision.Starts,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelStarts, CancellationToken = cancellation },
            async (start, token) =>
            {
                string? written;
                if (start.Step.Workflow is not null)
                {
                    written = await nested.StartAsync(workflow, decision.Status, start, token);
                    writes.Record(workflow.Key(), workflows, written);
                }
                else
                {
                    written = await starter.StartAsync(workflow, decision.Status, start, token);
                    writes.Record(workflow.Key(), jobs, written);
                }

                if (written is null)
                {
                    Interlocked.Increment(ref refused);
                }
            });
        return refused > 0;
    }

    /// <summary>False when the Workflow is gone. A stale decision throws a conflict, and is made anew.</summary>
    private async Task<bool> TryWriteAsync(Workflow workflow, WorkflowStatus status, CancellationToken cancellation)
    {
        await specs.KeepAsync(workflow, status, cancellation);
        WorkflowStatusWrite write = new()
        {
            // The version makes this apply the fence: a leader that was paused, or a stale cache, gets 409.
            Metadata = new ObjectMeta { Name = workflow.Metadata.Name, Namespace = workflow.Metadata.Namespace, ResourceVersion = workflow.Metadata.ResourceVersion },
            Status = RunSpecStore.Strip(status),
        };
        try
        {
            WorkflowStatusWrite written = await client.Resource<WorkflowStatusWrite>(workflow.Metadata.Namespace).ApplyStatusAsync(write, Apply, cancellation);
            writes.Record(workflow.Key(), workflows, written.Metadata.ResourceVersion);
            foreach (RunNews news in RunNewsReader.Between(workflow.Status, status))
            {
                Tell(workflow, news);
            }

            decisions.Tell(workflow, status);
            spans.Tell(workflow, status);
            await specs.DropAsync(workflow, status, cancellation);
            await items.SweepAsync(workflow, status, cancellation);
            return true;
        }
        catch (KubeApiException error) when (error.IsNotFound)
        {
            return false;
        }
        catch (KubeApiException error) when (error.IsInvalid || error.IsTooLarge)
        {
            await TellRefusedAsync(workflow, error, cancellation);
            throw new StatusRefusedException($"The API server does not take the status of {workflow.Key()}: {error.Message}", error);
        }
    }

    private void Tell(Workflow workflow, RunNews news) => events.Record(workflow, news.IsWarning ? EventTypes.Warning : EventTypes.Normal, news.Reason, news.Action, news.Note);

    /// <summary>Says on the object itself that its status cannot be written: the old one, and a condition.</summary>
    private async Task TellRefusedAsync(Workflow workflow, KubeApiException refusal, CancellationToken cancellation)
    {
        WorkflowStatus told = RunSpecStore.Strip(RunSummary.StatusRefused(workflow.Status ?? new WorkflowStatus(), refusal.Message, time.GetUtcNow()));
        WorkflowStatusWrite write = new()
        {
            Metadata = new ObjectMeta { Name = workflow.Metadata.Name, Namespace = workflow.Metadata.Namespace, ResourceVersion = workflow.Metadata.ResourceVersion },
            Status = told,
        };
        WorkflowStatusWrite written = await client.Resource<WorkflowStatusWrite>(workflow.Metadata.Namespace).ApplyStatusAsync(write, Apply, cancellation);
        writes.Record(workflow.Key(), workflows, written.Metadata.ResourceVersion);
    }

    /// <summary>An effect without a write before it, as after a crash, has no fence: the cache must be shown to be current. When it is not, its next event decides.</summary>
    private async Task<bool> IsCurrentAsync(Workflow workflow, CancellationToken cancellation)
    {
        WorkflowStatusWrite? live = await client.Resource<WorkflowStatusWrite>(workflow.Metadata.Namespace).FindAsync(workflow.Metadata.Name!, cancellation);
        return live?.Metadata.Uid == workflow.Metadata.Uid && live?.Metadata.ResourceVersion == workflow.Metadata.ResourceVersion;
    }

    private static bool IsUnchanged(Workflow workflow, WorkflowStatus status) =>
        workflow.Status is { } before && (ReferenceEquals(before, status) || Bytes(before).AsSpan().SequenceEqual(Bytes(status)));

    private static byte[] Bytes(WorkflowStatus status) => JsonSerializer.SerializeToUtf8Bytes(RunSpecStore.Strip(status), ApiJsonContext.Default.WorkflowStatus);
}
