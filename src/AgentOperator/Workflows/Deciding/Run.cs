using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Checking;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;
using AgentOperator.Workflows.Targets;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Deciding;

/// <summary>One run while it is being decided: steps as they are known so far, moved on by what is seen. Lives for one decision.</summary>
internal sealed class Run
{
    /// <summary>Longest wait for stopped pods to end before finally begins: their grace period, and some.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);

    /// <summary>How soon it is seen that the channel is open: nothing tells of it.</summary>
    private static readonly TimeSpan ChannelCheck = TimeSpan.FromSeconds(1);

    private readonly Workflow _workflow;
    private readonly IReadOnlyDictionary<string, AttemptObservation> _attempts;
    private readonly ISurroundings _surroundings;
    private readonly DateTimeOffset _now;
    private readonly StepRow[] _main;
    private readonly StepRow[] _finally;
    private WorkflowStatus _status;
    private RunScope? _scope;
    private int _active;

    public Run(Workflow workflow, WorkflowStatus status, IReadOnlyDictionary<string, AttemptObservation> attempts, ISurroundings surroundings, DateTimeOffset now)
    {
        _workflow = workflow;
        _status = status;
        _attempts = attempts;
        _surroundings = surroundings;
        _now = now;
        _main = StepRow.Of(status.RunSpec!.Steps, status.Steps);
        _finally = StepRow.Of(status.RunSpec.Finally, status.Finally);
    }

    /// <summary>The status with the steps as they are now.</summary>
    public WorkflowStatus Status => Current() with { Attempts = _main.Sum(static row => row.Status.Attempt) + _finally.Sum(static row => row.Status.Attempt) };

    /// <summary>The earliest time at which something is due.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    private IEnumerable<StepRow> All => _main.Concat(_finally);

    private bool IsMainOver => Array.TrueForAll(_main, static row => StepPhases.IsFinal(row.Status.Phase));

    /// <summary>Values as they are once ends have been seen: nothing that comes later in a decision adds any.</summary>
    private RunScope Scope => _scope ??= new RunScope(Current());

    private bool IsPaused => _status.PausedSince is not null;

    public void Advance(bool isHeld)
    {
        foreach (StepRow row in All.Where(static row => StepPhases.IsActive(row.Status.Phase)))
        {
            Follow(row);
        }

        HeedChange(isHeld);
        HeedCancel();
        if (_workflow.IsTerminating())
        {
            StopBecause(StopReasons.Deleted, CancelModes.Immediate);
        }

        // Who cancels wants the end now; a stop that nobody asked for leaves finally as suspended as it was.
        bool maySuspend = _status.Stop is null or { Reason: StopReasons.DeadlineExceeded or StopReasons.Replaced };
        _status = RunClock.Turn(_status, _workflow.Spec.Suspend == true && maySuspend, _now);
        HeedDeadline();
        _active = All.Count(static row => StepPhases.IsActive(row.Status.Phase));
        AdvanceMain();
        if (IsMainOver && _finally.Length > 0)
        {
            AdvanceFinally();
        }
    }

    /// <summary>Jobs of attempts that are recorded and not seen yet.</summary>
    public IReadOnlyList<AttemptStart> Starts() =>
        [.. All.Where(row => row.Status is { Phase: StepPhases.Starting, Job: { } job } && !_attempts.ContainsKey(job)).Select(static row => new AttemptStart(row.Spec, row.Status.Attempt, row.Status.Job!))];

    private WorkflowStatus Current() => _status with
    {
        Steps = [.. _main.Select(static row => row.Status)],
        Finally = _finally.Length == 0 ? null : [.. _finally.Select(static row => row.Status)],
    };

    private void Follow(StepRow row)
    {
        StepStatus step = row.Status;
        if (!_attempts.TryGetValue(step.Job!, out AttemptObservation? seen))
        {
            // Starting without a Job: it is about to be created. Running without one: somebody deleted it.
            if (step.Phase == StepPhases.Running)
            {
                End(row, AttemptEnd.Lost(row.Spec, "the Job was deleted before its result was read"));
            }

            return;
        }

        if (AttemptEnd.Of(row.Spec, seen) is { } end)
        {
            End(row, OutputLimit.Within(end, seen.Posted, All.Sum(static other => StepResult.Bytes(other.Status.Outputs))), PostedResult.Usage(seen.Posted?.Text ?? seen.Pod?.TerminationMessage));
            return;
        }

        (StepStatus next, DateTimeOffset? wakeAt) = AttemptProgress.Of(step, seen, _now);
        row.Status = next;
        if (next.Waiting is { Until: { } limit } waiting && limit.Value <= _now)
        {
            End(row, AttemptEnd.NotStarted(waiting));
        }
        else if (wakeAt is { } at)
        {
            Wake(at);
        }
    }

    private void End(StepRow row, AttemptEnd end, StepUsage? usage = null)
    {
        StepStatus ended = row.Status with
        {
            Phase = end.Phase,
            Waiting = null,
            ExitCode = end.ExitCode,
            Reason = end.Reason,
            Message = end.Message,
            Outputs = end.Outputs,
            References = end.References,
            Usage = row.Spec.Container is null ? RunCost.Add(row.Status.Usage, usage) : null,
        };
        RetryPolicy? policy = row.Spec.Retry ?? _status.RunSpec!.Defaults?.Retry;
        string key = AttemptName.Key(_workflow.Metadata.Uid!, _status.Run!.Value, ended.Name, ended.Attempt);
        row.Status = end.Phase != StepPhases.Succeeded && Retries.Delay(policy, end, ended.Attempt, key) is { } delay
            ? ended with { Phase = StepPhases.Waiting, Waiting = Retries.Waiting(ended.Attempt, end, _now + delay) }
            : ended with { FinishedAt = new MicroTime(_now) };
    }

    /// <summary>A spec that changed during the run: what <c>onChange</c> and <c>rerunPolicy</c> say.</summary>
    private void HeedChange(bool isHeld)
    {
        if (SpecChange.Of(_workflow, _status) is not { } change)
        {
            return;
        }

        _status = change.Seen(_status);
        if (_status.Stop?.Reason == StopReasons.Replaced)
        {
            // Whatever the spec says once this run has ended is the next run.
            return;
        }

        if (!change.IsNewRun)
        {
            _status = _status with { ObservedGeneration = _workflow.Metadata.Generation };
        }
        else if (_workflow.Spec.OnChange == ChangePolicies.Ignore)
        {
            _status = _status with { ObservedGeneration = _workflow.Metadata.Generation, IgnoredDigest = change.Digest };
        }
        else if (_workflow.Spec.OnChange == ChangePolicies.Replace && !isHeld && !IsMainOver && SpecCheck.Problem(change.Spec) is null)
        {
            StopBecause(StopReasons.Replaced, CancelModes.Graceful);
        }
    }

    private void HeedCancel()
    {
        if (Requests.NewCancel(_workflow, _status) is not { } text)
        {
            return;
        }

        CancelRequest? cancel = CancelRequest.Parse(text);
        string? problem = cancel switch
        {
            null => Requests.Grammar("cancel"),
            _ when cancel.Run != _status.Run => $"run {cancel.Run} is not the current one ({_status.Run})",
            { Mode: CancelModes.Graceful } when IsMainOver => $"the steps of run {cancel.Run} have ended; {cancel.Run}/Immediate stops its finally steps",
            _ => null,
        };
        _status = Requests.CancelHandled(_status, text, problem);
        if (problem is null)
        {
            StopBecause(StopReasons.Cancelled, cancel!.Mode);
        }
    }

    private void HeedDeadline()
    {
        if (IsMainOver || _status.Stop is not null || RunClock.Deadline(_status, _status.StartedAt, _workflow.Spec.Timeouts?.Run) is not { } deadline)
        {
            return;
        }

        if (deadline <= _now)
        {
            StopBecause(StopReasons.DeadlineExceeded, CancelModes.Graceful);
        }
        else
        {
            Wake(deadline);
        }
    }

    /// <summary>A stop stays as it was first asked for, but Graceful may become Immediate.</summary>
    private void StopBecause(string reason, string mode)
    {
        if (_status.Stop is null || (mode == CancelModes.Immediate && _status.Stop.Mode != CancelModes.Immediate))
        {
            _status = _status with { Stop = new RunStop { Reason = reason, Mode = mode, At = new MicroTime(_now) } };
        }
    }

    private void AdvanceMain()
    {
        if (_status.Stop is { } stop)
        {
            foreach (StepRow row in _main)
            {
                row.Stop(stop.Reason == StopReasons.DeadlineExceeded ? StepReasons.RunDeadlineExceeded : stop.Reason, RunOutcome.Message(stop, []), _now);
            }

            return;
        }

        // Once one step has failed for good, nothing new begins; what is under way goes on to its end.
        if (Array.Find(_main, static row => StepPhases.IsFailure(row.Status.Phase)) is { } failed)
        {
            foreach (StepRow row in _main)
            {
                row.GiveUp($"not started, because step {failed.Spec.Name} failed", _now);
            }

            return;
        }

        Release(_main);
    }

    private void AdvanceFinally()
    {
        if (_status.Stop is { Mode: CancelModes.Immediate } stop)
        {
            StopFinally(stop.Reason, RunOutcome.Message(stop, []));
            return;
        }

        if (_status.FinallyStartedAt is null)
        {
            if (LoudUntil() is { } until)
            {
                Wake(until);
                return;
            }

            _status = _status with { FinallyStartedAt = new MicroTime(_now), PausedMilliseconds = null, PausedSince = IsPaused ? new MicroTime(_now) : null };
        }

        if (RunClock.Deadline(_status, _status.FinallyStartedAt, _workflow.Spec.Timeouts?.Finally) is { } deadline)
        {
            if (deadline <= _now)
            {
                StopFinally(StepReasons.RunDeadlineExceeded, "finally took longer than timeouts.finally");
                return;
            }

            Wake(deadline);
        }

        Release(_finally);
    }

    private void StopFinally(string reason, string message)
    {
        foreach (StepRow row in _finally)
        {
            row.Stop(reason, message, _now);
        }
    }

    /// <summary>While pods of stopped attempts are still ending, finally waits; null when all is quiet.</summary>
    private DateTimeOffset? LoudUntil()
    {
        if (!Array.Exists(_main, row => row.Status.Job is { } job && _attempts.TryGetValue(job, out AttemptObservation? seen) && seen.State == AttemptState.Active))
        {
            return null;
        }

        DateTimeOffset until = _main.Max(static row => row.Status.FinishedAt?.Value ?? DateTimeOffset.MinValue) + Quiet;
        return until > _now ? until : null;
    }

    /// <summary>Starts what may start, and writes off what never will. A result that is taken over may free the next step, so it goes on until nothing moves.</summary>
    private void Release(StepRow[] rows)
    {
        Dictionary<string, StepRow> byName = rows.ToDictionary(static row => row.Spec.Name, StringComparer.Ordinal);
        bool hasMoved = true;
        while (hasMoved)
        {
            hasMoved = false;
            foreach (StepRow row in rows)
            {
                hasMoved |= row.Status.Phase is StepPhases.Pending or StepPhases.Waiting && Release(row, byName);
            }
        }
    }

    /// <summary>True when what needs the step may have to be looked at again.</summary>
    private bool Release(StepRow row, Dictionary<string, StepRow> byName)
    {
        string[] open = row.Status.Phase == StepPhases.Waiting ? [] : [.. (row.Spec.Needs ?? []).Where(need => !StepPhases.MeetsNeed(byName[need].Status.Phase))];
        if (Array.Find(open, need => StepPhases.IsFinal(byName[need].Status.Phase)) is { } missed)
        {
            row.Omit($"not started, because step {missed} did not succeed", _now);
            return true;
        }

        if (open.Length > 0)
        {
            row.Block(StepPhases.Pending, WaitingReasons.Dependency, $"needs {string.Join(", ", open)}");
            return false;
        }

        if (row.Status.ReusedFrom is { } run)
        {
            Resolution now = TargetResolver.Resolve(_workflow.Metadata.Namespace!, row.Spec, _surroundings);
            if (now.Waiting is not null)
            {
                row.Block(StepPhases.Waiting, now.Waiting, now.Message!);
                return false;
            }

            if (StepInputs.Of(row.Spec, Scope, now.Target) == row.Status.Inputs)
            {
                row.Status = row.Status with { Phase = StepPhases.Succeeded, Waiting = null, FinishedAt = new MicroTime(_now), Message = $"the result of run {run} was taken over" };
                return true;
            }

            row.Status = RunStart.Pending(row.Spec);
        }

        Start(row);
        return false;
    }

    private void Start(StepRow row)
    {
        StepStatus step = row.Status;
        Resolution target = TargetResolver.Resolve(_workflow.Metadata.Namespace!, row.Spec, _surroundings, step.Target);
        if (step.Waiting is { Reason: WaitingReasons.Backoff, Until: { } until } && until.Value > _now)
        {
            Wake(until.Value);
        }
        else if (IsPaused)
        {
            row.Block(StepPhases.Waiting, WaitingReasons.Paused, "spec.suspend is true");
        }
        else if (target.Waiting is { } missing)
        {
            row.Block(StepPhases.Waiting, missing, target.Message!);
            if (missing == WaitingReasons.Channel)
            {
                Wake(_now + ChannelCheck);
            }
        }
        else if (_workflow.Spec.Parallelism is { } limit && _active >= limit)
        {
            row.Block(StepPhases.Waiting, WaitingReasons.Parallelism, $"spec.parallelism lets {limit} steps be under way at once");
        }
        else
        {
            _active++;
            int attempt = step.Attempt + 1;
            row.Status = step with
            {
                Phase = StepPhases.Starting,
                Attempt = attempt,
                Job = AttemptName.Of(_workflow, _status.Run!.Value, step.Name, attempt),
                Waiting = null,
                StartedAt = step.StartedAt ?? new MicroTime(_now),
                Target = target.Target,
                Inputs = step.Inputs ?? StepInputs.Of(row.Spec, Scope, target.Target),
            };
        }
    }

    private void Wake(DateTimeOffset at) => WakeAt = WakeAt is { } sooner && sooner <= at ? sooner : at;
}
