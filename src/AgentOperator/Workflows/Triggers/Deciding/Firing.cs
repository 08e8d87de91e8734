using System.Globalization;
using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Telling;
using AgentOperator.Workflows.Triggers.Children;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.Workflows.Triggers.Deciding;

/// <summary>One definition while it is being decided: its runs followed, its events gathered, and each started, kept waiting or let go. Lives for one decision.</summary>
internal sealed class Firing
{
    /// <summary>Most runs of one definition at once; further events wait.</summary>
    public const int MaxActive = 100;

    private readonly Workflow _definition;
    private readonly TriggerFacts _facts;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, Workflow> _children;
    private readonly Dictionary<(string Trigger, string Id), EventDelivery> _open = [];
    private readonly Dictionary<string, TriggerStatus> _triggers = new(StringComparer.Ordinal);
    private readonly List<ChildRun> _active = [];
    private readonly List<PendingEvent> _waiting = [];
    private readonly List<ChildStart> _starts = [];
    private readonly List<EventMark> _marks = [];
    private readonly List<ChildCancel> _cancels = [];
    private readonly List<RunNews> _news = [];
    private WorkflowStatus _status;

    public Firing(Workflow definition, WorkflowStatus status, TriggerFacts facts, DateTimeOffset now)
    {
        _definition = definition;
        _status = status;
        _facts = facts;
        _now = now;
        _children = facts.Children.ToDictionary(static child => child.Metadata.Name!, StringComparer.Ordinal);
        foreach (EventDelivery delivery in facts.Deliveries.Where(static delivery => delivery is { IsHandled: false, Trigger: not null, EventId: not null } && !delivery.IsTerminating()))
        {
            _open[(delivery.Trigger!, delivery.EventId!)] = delivery;
        }
    }

    private WorkflowSpec Spec => _definition.Spec;

    /// <summary>Moves on the runs that the status has, and takes in those that it does not have.</summary>
    public void Follow()
    {
        foreach (ChildRun run in _status.Children ?? [])
        {
            Workflow? child = _children.GetValueOrDefault(run.Name);
            _open.Remove((run.Trigger, run.Event), out EventDelivery? open);
            if (child is null && run.Phase == StepPhases.Starting)
            {
                Restart(run, open);
                continue;
            }

            if (open is not null)
            {
                // The run leaves the status once its event is known to be decided on: until then it stands for it.
                Mark(open, $"{EventOutcomes.Started} {run.Name}");
            }

            if (open is not null || (child is not null && !ChildWorkflow.IsOver(child)))
            {
                _active.Add(run with { Phase = StepPhases.Running });
            }
        }

        // A rerun of one that had ended, or a status that was lost: it counts.
        HashSet<string> known = new(_active.Select(static run => run.Name), StringComparer.Ordinal);
        foreach (Workflow child in _facts.Children.Where(child => !known.Contains(child.Metadata.Name!) && !child.IsTerminating() && !ChildWorkflow.IsOver(child)).OrderBy(static child => child.Metadata.Name, StringComparer.Ordinal))
        {
            if (child.Label(Labels.Trigger) is { } trigger && child.Annotation(Labels.Event) is { } id && _active.Count < 2 * MaxActive)
            {
                _open.Remove((trigger, id), out EventDelivery? open);
                Mark(open, $"{EventOutcomes.Started} {child.Metadata.Name}");
                _active.Add(new ChildRun { Name = child.Metadata.Name!, Trigger = trigger, Event = id, Phase = StepPhases.Running, At = child.Metadata.CreationTimestamp is { } created ? new MicroTime(created.Value) : new MicroTime(_now) });
            }
        }
    }

    /// <summary>Decides on the events that there are.</summary>
    public void Fire()
    {
        foreach (WorkflowTrigger trigger in Spec.Triggers ?? [])
        {
            Turn(trigger);
        }

        PendingEvent[] pending = [.. Gather().OrderBy(static one => one.At).ThenBy(static one => one.Id, StringComparer.Ordinal).Where(IsWanted)];
        if (Spec.Suspend == true)
        {
            _waiting.AddRange(pending);
            return;
        }

        string policy = Spec.Concurrency ?? ConcurrencyPolicies.Forbid;
        if (policy == ConcurrencyPolicies.Replace)
        {
            Replace(pending);
            return;
        }

        foreach (PendingEvent one in pending)
        {
            if (_active.Count < (policy == ConcurrencyPolicies.Allow ? MaxActive : 1))
            {
                Start(one);
            }
            else if (policy == ConcurrencyPolicies.Forbid)
            {
                End(one, EventOutcomes.Skipped, $"{_active[0].Name} is under way, and concurrency is Forbid");
            }
            else if (one.Delivery is null && _waiting.Count >= DueTimes.Most)
            {
                End(one, EventOutcomes.Skipped, $"{DueTimes.Most} events wait already", isWarning: true);
            }
            else
            {
                _waiting.Add(one);
            }
        }
    }

    /// <summary>The newest event that can be run takes the place of all before it; it begins once what is under way has ended.</summary>
    private void Replace(PendingEvent[] pending)
    {
        int newest = pending.Length - 1;
        for (; newest > 0 && Rendered(pending[newest]).Spec is null; newest--)
        {
            Start(pending[newest]);
        }

        for (int i = 0; i < newest; i++)
        {
            End(pending[i], EventOutcomes.Skipped, "a newer event came");
        }

        if (newest < 0)
        {
            return;
        }

        if (_active is [] || Rendered(pending[newest]).Spec is null)
        {
            Start(pending[newest]);
            return;
        }

        _waiting.Add(pending[newest]);
        _active.ForEach(Cancel);
    }

    public TriggerDecision Decision()
    {
        foreach (TriggerStatus trigger in _triggers.Values.ToArray())
        {
            MicroTime[] due = [.. _waiting.Where(one => one.Trigger == trigger.Name && one.Delivery is null).Select(static one => new MicroTime(one.At))];
            int active = _active.Count(run => run.Trigger == trigger.Name);
            _triggers[trigger.Name] = trigger with { Due = due is [] ? null : due, Active = active == 0 ? null : active };
        }

        ChildRetention retention = ChildRetention.Of(_definition, _facts.Children, new HashSet<string>(_active.Select(static run => run.Name), StringComparer.Ordinal), _open.Keys, _now);
        EventRetention events = EventRetention.Of(_facts.Deliveries, _now);
        WorkflowStatus status = _status with { Children = _active is [] ? null : _active };
        return new TriggerDecision(DefinitionSummary.Describe(_definition, status, [.. (Spec.Triggers ?? []).Select(trigger => _triggers[trigger.Name])], _waiting.Count, _now))
        {
            Starts = _starts,
            Marks = _marks,
            Cancels = _cancels,
            Expired = retention.Expired,
            Forgotten = events.Forgotten,
            News = _news,
            WakeAt = Earliest([retention.WakeAt, events.WakeAt, .. _triggers.Values.Select(static trigger => trigger.Next?.Value), .. _waiting.Select(static one => one.Deadline)]),
        };
    }

    private static DateTimeOffset? Earliest(IEnumerable<DateTimeOffset?> times) => times.Min();

    private void Turn(WorkflowTrigger trigger)
    {
        TriggerStatus before = (_status.Triggers?.FirstOrDefault(known => known.Name == trigger.Name) ?? new TriggerStatus { Name = trigger.Name }) with
        {
            Problem = EventRendering.Problem(Spec, trigger) ?? _facts.Problems.GetValueOrDefault(trigger.Name),
        };
        if (trigger.Cron is null)
        {
            _triggers[trigger.Name] = before with { Schedule = null, SeenUntil = null, LastScheduled = null, Next = null, Due = null };
            return;
        }

        ScheduleTurn turn = ScheduleTurn.Of(trigger, before, _definition, _now);
        _triggers[trigger.Name] = turn.Status;
        if (turn.Missed is { } missed)
        {
            _news.Add(new RunNews(true, EventReasons.ScheduleMissed, "Schedule", missed));
        }
    }

    private IEnumerable<PendingEvent> Gather()
    {
        foreach (TriggerStatus trigger in _triggers.Values)
        {
            TimeSpan? deadline = DeadlineOf(trigger.Name);
            foreach (MicroTime time in trigger.Due ?? [])
            {
                string id = EventName.Id(time.Value);
                yield return new PendingEvent(trigger.Name, id, time.Value, Body(trigger.Name, id, null)) { Deadline = deadline is { } late ? time.Value + late : null };
            }
        }

        foreach (EventDelivery delivery in _open.Values)
        {
            yield return new PendingEvent(delivery.Trigger!, delivery.EventId!, delivery.Metadata.CreationTimestamp?.Value ?? _now, EventBody.Read(delivery)) { Delivery = delivery };
        }

        if (AppliedChange() is { } generation)
        {
            yield return new PendingEvent(EventName.Apply, generation, _now, Body(EventName.Apply, generation, null));
        }
    }

    /// <summary>The generation that a run on apply is due for; null when none is.</summary>
    private string? AppliedChange()
    {
        if (Spec is not { RunOnApply: true, Triggers.Count: > 0 })
        {
            return null;
        }

        string digest = SpecChange.Now(_definition).Digest;
        bool isWanted = _status.AppliedDigest is null || (_status.AppliedDigest != digest && (Spec.RerunPolicy != RerunPolicies.Manual || Spec.RunToken != _status.RunToken));
        return isWanted ? (_definition.Metadata.Generation ?? 1).ToString(CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The event of something that is kept in status, or in a delivery.</summary>
    private JsonElement Body(string trigger, string id, EventDelivery? delivery) => delivery is not null ? EventBody.Read(delivery)
        : EventName.TimeOf(id) is { } time ? EventBody.Freeze(EventBody.Of(EventBody.Cron, trigger, id, time))
        : trigger == EventName.Apply ? EventBody.Freeze(EventBody.Of(EventBody.Apply, trigger, id, _now))
        : default;

    private WorkflowTrigger? TriggerOf(string name) => Spec.Triggers?.FirstOrDefault(trigger => trigger.Name == name);

    /// <summary>Durations that the schema let through parse, but for those of a schedule that was refused, which has no due times.</summary>
    private TimeSpan? DeadlineOf(string trigger)
    {
        try
        {
            return TriggerOf(trigger)?.StartingDeadline?.ToTimeSpan();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>False for an event that is over before it comes to others: its trigger is gone, its time is up, or its condition is false.</summary>
    private bool IsWanted(PendingEvent one)
    {
        if (TriggerOf(one.Trigger) is not { } trigger)
        {
            if (one.Trigger == EventName.Apply)
            {
                return true;
            }

            End(one, EventOutcomes.Skipped, $"trigger {one.Trigger} is gone from the spec");
            return false;
        }

        if (one.Deadline < _now)
        {
            End(one, EventOutcomes.Skipped, "it waited longer than startingDeadline", isWarning: true);
            return false;
        }

        if (EventRendering.Objection(trigger, one.Body) is { } objection)
        {
            End(one, objection.Outcome, objection.Message, objection.Outcome == EventOutcomes.Refused);
            return false;
        }

        return true;
    }

    private (WorkflowSpec? Spec, string Outcome, string? Message) Rendered(PendingEvent one) => EventRendering.Of(Spec, TriggerOf(one.Trigger), one.Body);

    private void Start(PendingEvent one)
    {
        (WorkflowSpec? spec, string outcome, string? message) = Rendered(one);
        if (spec is null)
        {
            End(one, outcome, message!, outcome == EventOutcomes.Refused);
            return;
        }

        ChildRun run = new()
        {
            Name = EventName.OfChild(_definition.Metadata.Name!, _definition.Metadata.Uid!, one.Trigger, one.Id),
            Trigger = one.Trigger,
            Event = one.Id,
            Phase = StepPhases.Starting,
            At = new MicroTime(_now),
        };
        _active.Add(run);
        _starts.Add(new ChildStart(run, spec, one.Delivery?.Metadata.Name));
        _news.Add(new RunNews(false, EventReasons.TriggerFired, "Start", $"{one.Trigger}: event {one.Id} runs as {run.Name}"));
        Note(one, EventOutcomes.Started, run.Name, null);
    }

    /// <summary>A run that is on record and was never seen: it is created, again if need be. Only the event itself says with what.</summary>
    private void Restart(ChildRun run, EventDelivery? open)
    {
        if (Spec.Suspend == true)
        {
            _active.Add(run);
            return;
        }

        if (run.Trigger != EventName.Apply && TriggerOf(run.Trigger) is null)
        {
            // Its params would not be the event's.
            End(new PendingEvent(run.Trigger, run.Event, run.At.Value, default) { Delivery = open }, EventOutcomes.Skipped, $"trigger {run.Trigger} is gone from the spec");
            return;
        }

        (WorkflowSpec? spec, string outcome, string? message) = _facts.Refusals.TryGetValue(run.Name, out string? refusal)
            ? (null, EventOutcomes.Refused, refusal)
            : EventRendering.Of(Spec, TriggerOf(run.Trigger), Body(run.Trigger, run.Event, open));
        if (spec is not null)
        {
            _active.Add(run);
            _starts.Add(new ChildStart(run, spec, open?.Metadata.Name));
            return;
        }

        End(new PendingEvent(run.Trigger, run.Event, run.At.Value, default) { Delivery = open }, outcome, message!, isWarning: true);
    }

    private void End(PendingEvent one, string outcome, string message, bool isWarning = false)
    {
        Mark(one.Delivery, $"{outcome}: {message}");
        Note(one, outcome, null, Sentence.Limit(message));
        if (outcome != EventOutcomes.Filtered)
        {
            _news.Add(new RunNews(isWarning, outcome == EventOutcomes.Refused ? EventReasons.TriggerRefused : EventReasons.TriggerSkipped, "Start", Sentence.Limit($"{one.Trigger}: event {one.Id} was not run: {message}")));
        }
    }

    private void Note(PendingEvent one, string outcome, string? workflow, string? message)
    {
        if (one.Trigger == EventName.Apply)
        {
            _status = _status with { AppliedDigest = SpecChange.Now(_definition).Digest, RunToken = Spec.RunToken };
        }
        else if (_triggers.TryGetValue(one.Trigger, out TriggerStatus? status))
        {
            _triggers[one.Trigger] = status with { LastEvent = new LastEvent { Id = one.Id, At = new MicroTime(_now), Outcome = outcome, Workflow = workflow, Message = message } };
        }
    }

    private void Mark(EventDelivery? delivery, string outcome)
    {
        if (delivery is not null)
        {
            _marks.Add(new EventMark(delivery.Metadata.Name!, delivery.Metadata.ResourceVersion, Sentence.Limit(outcome)));
        }
    }

    /// <summary>Asked for once: a request that is there is the child's to heed. One without a run has nothing to cancel yet.</summary>
    private void Cancel(ChildRun run)
    {
        if (_children.GetValueOrDefault(run.Name) is { Status: { Run: { } number, Stop: null } status } child && !WorkflowPhases.IsFinal(status.Phase)
            && $"{number}/{CancelModes.Graceful}" is { } request && child.Annotation(RequestAnnotations.Cancel) != request)
        {
            _cancels.Add(new ChildCancel(run.Name, child.Metadata.Uid!, request));
            _news.Add(new RunNews(false, EventReasons.RunReplaced, "Cancel", $"{run.Name} is cancelled for a newer event"));
        }
    }
}
