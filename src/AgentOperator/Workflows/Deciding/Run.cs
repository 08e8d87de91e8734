using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Memos;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Workflows.Deciding;

/// <summary>One run, moved on by what is seen: its steps, then what undoes them if they must be undone, then finally.</summary>
internal sealed class Run
{
    /// <summary>Longest wait for stopped pods to end before what comes after begins: their grace period, and some.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);

    private readonly RunState _run;
    private readonly ItemSteps _items;
    private readonly Following _following;
    private readonly Releasing _releasing;
    private readonly Compensating _compensating;
    private readonly Controlling _controlling;

    public Run(Workflow workflow, WorkflowStatus status, Observed seen, DateTimeOffset now)
    {
        _run = new RunState(workflow, status, seen, now);
        Finishing finishing = new(_run);
        _items = new ItemSteps(_run, finishing);
        _following = new Following(_run, finishing, _items);
        _releasing = new Releasing(_run, finishing, _items);
        _compensating = new Compensating(_run, _releasing);
        _controlling = new Controlling(_run, finishing);
    }

    public WorkflowStatus Status => _run.Current();

    public DateTimeOffset? WakeAt => _run.WakeAt;

    public IReadOnlyList<OutputReference> Missing => _run.Missing;

    public ProofWanted Proof => _run.Proof;

    /// <summary>Steps whose items' results are to be read first.</summary>
    public IReadOnlyList<ItemsWanted> MissingItems => _run.MissingItems;

    /// <summary>True when the decision has to be made anew, with what is missing.</summary>
    public bool IsIncomplete => _run.IsIncomplete;

    /// <summary>Results to keep before the status is written.</summary>
    public IReadOnlyList<ItemKeep> Keeps => _run.Keeps;

    /// <summary>Results for later runs to take over.</summary>
    public IReadOnlyList<MemoKeep> Memos => _run.Memos;

    public void Advance()
    {
        foreach (StepRow row in _run.All.Where(static row => StepPhases.IsActive(row.Status.Phase)).ToArray())
        {
            // A way back may have taken the step along.
            if (StepPhases.IsActive(row.Status.Phase))
            {
                _following.Follow(row);
            }
        }

        _controlling.Heed();
        _run.Active = _run.All.Count(static row => StepPhases.IsActive(row.Status.Phase));
        AdvanceMain();
        if (_run.IsMainOver)
        {
            AdvanceAfter();
        }

        TellWhatIsLater();
        _controlling.TurnClock();
    }

    /// <summary>True while the steps have ended and what undoes them has not begun.</summary>
    public bool IsToBeUndone { get; private set; }

    /// <summary>Jobs and Workflows of attempts that are recorded and not seen yet.</summary>
    public IReadOnlyList<AttemptStart> Starts() =>
    [
        .. _run.All
            .Where(row => row.Status is { Phase: StepPhases.Starting, Job: { } job } && !_run.Seen.Attempts.ContainsKey(job))
            .Select(static row => new AttemptStart(row.Spec, row.Status.Attempt, row.Status.Job!) { Part = row.Part, Visit = row.Status.Visit ?? 1, Target = row.Status.Target, Items = row.Status.Items?.Running }),
        .. _run.All.Where(static row => row.Spec.ForEach is not null && row.Status.Job is null).SelectMany(_items.Starts),
    ];

    /// <summary>Locks that the run holds or wants: its own while its steps are under way, those of steps from when they wait for them until their end.</summary>
    public IReadOnlyList<LockRequest> Locks()
    {
        bool isUnderWay = _run.All.Any(static row => row.HasBegun || row.Status.Waiting?.Reason == WaitingReasons.Lock);
        List<LockRequest> locks = isUnderWay ? InOrder(_run.LocksOfRun()) : [];
        bool isRunIn = locks.TrueForAll(IsHeld);
        foreach (StepRow row in _run.All.Where(static row => !row.IsAtCheckpoint))
        {
            bool holds = StepPhases.IsActive(row.Status.Phase) || (row.Status.Phase == StepPhases.Waiting && (row.Status.Attempt > 0 || row.Status.Waiting?.Reason is WaitingReasons.Lock or WaitingReasons.Parallelism));

            // What a step has it keeps, even if a lock was set on the whole run meanwhile.
            locks.AddRange(!holds ? [] : isRunIn ? InOrder(_run.LocksOf(row)) : _run.LocksOf(row).Where(IsHeld));
        }

        return locks;
    }

    /// <summary>One after another: who has the first and waits for the second must not meet who has the second and waits for the first.</summary>
    private List<LockRequest> InOrder(IReadOnlyList<LockRequest> wanted)
    {
        int held = wanted.TakeWhile(IsHeld).Count();
        return [.. wanted.Take(held + 1)];
    }

    private bool IsHeld(LockRequest request) => _run.Seen.Locks.Look(_run.Namespace, request).IsHeld;

    private void AdvanceMain()
    {
        if (_run.Status.Stop is { } stop)
        {
            foreach (StepRow row in _run.Main)
            {
                row.Stop(stop.Reason == StopReasons.DeadlineExceeded ? StepReasons.RunDeadlineExceeded : stop.Reason, RunOutcome.Message(stop, []), _run.Now);
            }

            return;
        }

        // Once one step has failed for good, nothing new begins; what is under way goes on to its end.
        if (!HasFailed())
        {
            _releasing.Release(_run.Main);
        }

        if (HasFailed())
        {
            StepRow failed = Array.Find(_run.Main, static row => StepPhases.IsFailure(row.Status.Phase))!;
            foreach (StepRow row in _run.Main)
            {
                row.GiveUp($"not started, because step {failed.Spec.Name} failed", _run.Now);
            }
        }
    }

    /// <summary>What comes after the steps, or one after another, says so while it is not its turn.</summary>
    private void TellWhatIsLater()
    {
        foreach (StepRow row in _run.Compensations.Concat(_run.Finally).Where(static row => row.Status is { Phase: StepPhases.Pending, Waiting: null }))
        {
            row.Block(StepPhases.Pending, WaitingReasons.Dependency, row.Part == StepPart.Finally ? "follows the steps, and what undoes them" : "follows what undoes the steps that ended later");
        }
    }

    private bool HasFailed() => Array.Exists(_run.Main, static row => StepPhases.IsFailure(row.Status.Phase));

    private void AdvanceAfter()
    {
        if (_run.IsIncomplete)
        {
            return;
        }

        if (_run.Status is { CompensatingSince: null, FinallyStartedAt: null } && _compensating.IsDue)
        {
            if (_compensating.HasWork && IsLoud())
            {
                IsToBeUndone = true;
                return;
            }

            _compensating.Begin();
        }

        if (_run.Status is { CompensatingSince: not null, FinallyStartedAt: null })
        {
            _compensating.Advance();
        }

        if (_compensating.IsOver && _run.Finally.Length > 0)
        {
            AdvanceFinally();
        }
    }

    private void AdvanceFinally()
    {
        if (_run.Status.Stop is { } stop && (stop is { Mode: CancelModes.Immediate } or { Reason: StopReasons.Deleted } || _run.Workflow.IsTerminating()))
        {
            StopFinally(stop.Reason, RunOutcome.Message(stop, []));
            return;
        }

        if (_run.Status.FinallyStartedAt is null)
        {
            if (IsLoud())
            {
                return;
            }

            _run.Status = _run.Status with { FinallyStartedAt = new MicroTime(_run.Now), PausedMilliseconds = null, WaitingSince = null, PausedSince = _run.IsPaused ? new MicroTime(_run.Now) : null };
        }

        if (RunClock.Deadline(_run.Status, _run.Status.FinallyStartedAt, _run.Workflow.Spec.Timeouts?.Finally) is { } deadline)
        {
            if (deadline <= _run.Now)
            {
                StopFinally(StepReasons.RunDeadlineExceeded, "finally took longer than timeouts.finally");
                return;
            }

            _run.Wake(deadline);
        }

        _releasing.Release(_run.Finally);
    }

    private void StopFinally(string reason, string message)
    {
        foreach (StepRow row in _run.Finally)
        {
            row.Stop(reason, message, _run.Now);
        }
    }

    /// <summary>True while stopped attempts are still ending: what comes after waits.</summary>
    private bool IsLoud()
    {
        AttemptObservation[] loud = [.. _run.Seen.Attempts.Values.Where(seen => seen.State == AttemptState.Active && seen.Run == _run.Run)];
        if (Array.Exists(loud, static seen => seen.Nested is { Cancel: not null }))
        {
            // A Workflow below undoes what it did, on top of what is to be undone here. It ends by its own timeouts, and tells.
            return true;
        }

        DateTimeOffset until = _run.Main.Concat(_run.Compensations).Max(static row => row.Status.FinishedAt?.Value ?? DateTimeOffset.MinValue) + Quiet;
        if (loud.Length == 0 || until <= _run.Now)
        {
            return false;
        }

        _run.Wake(until);
        return true;
    }
}
