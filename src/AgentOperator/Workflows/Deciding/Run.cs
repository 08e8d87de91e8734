using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Deciding;

/// <summary>One run while it is being decided: steps as they are known so far, moved on by what is seen. Lives for one decision.</summary>
internal sealed class Run(Workflow workflow, WorkflowStatus status, IReadOnlyDictionary<string, AttemptObservation> attempts, DateTimeOffset now)
{
    private readonly RunSpec _spec = status.RunSpec!;
    private readonly StepStatus[] _steps = [.. status.Steps!];

    public IReadOnlyList<StepStatus> Steps => _steps;

    /// <summary>Attempts started in this run.</summary>
    public int Attempts => _steps.Sum(static step => step.Attempt);

    /// <summary>The earliest time at which something is due.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    public void Advance()
    {
        for (int i = 0; i < _steps.Length; i++)
        {
            if (_steps[i].Phase is StepPhases.Starting or StepPhases.Running)
            {
                _steps[i] = Follow(_spec.Steps[i], _steps[i]);
            }
        }

        bool isFailing = _steps.Any(static step => step.Phase is StepPhases.Failed or StepPhases.Errored);
        for (int i = 0; i < _steps.Length; i++)
        {
            if (isFailing && _steps[i].Phase == StepPhases.Waiting)
            {
                _steps[i] = GiveUp(_steps[i]);
            }
            else if (_steps[i] is { Phase: StepPhases.Waiting, Waiting: { Reason: WaitingReasons.Backoff, Until: { } until } })
            {
                _steps[i] = until.Value <= now ? Next(_steps[i]) : Wake(_steps[i], until);
            }
        }

        Release();
    }

    /// <summary>Jobs of attempts that are recorded and not seen yet.</summary>
    public IReadOnlyList<AttemptStart> Starts()
    {
        List<AttemptStart> starts = [];
        for (int i = 0; i < _steps.Length; i++)
        {
            if (_steps[i] is { Phase: StepPhases.Starting, Job: { } job } step && !attempts.ContainsKey(job))
            {
                starts.Add(new AttemptStart(_spec.Steps[i], step.Attempt, job));
            }
        }

        return starts;
    }

    private StepStatus Follow(WorkflowStep spec, StepStatus step)
    {
        if (!attempts.TryGetValue(step.Job!, out AttemptObservation? seen))
        {
            // Starting without a Job: it is about to be created. Running without one: somebody deleted it.
            return step.Phase == StepPhases.Starting ? step : End(spec, step, AttemptEnd.Lost("the Job was deleted before its result was read"));
        }

        if (AttemptEnd.Of(spec, seen) is { } end)
        {
            return End(spec, step, WithinLimit(end));
        }

        (StepStatus next, DateTimeOffset? wakeAt) = AttemptProgress.Of(step, seen, now);
        return next.Waiting is { Until: { } limit } waiting && limit.Value <= now
            ? End(spec, step, AttemptEnd.NotStarted(waiting))
            : wakeAt is { } at ? Wake(next, new MicroTime(at)) : next;
    }

    private StepStatus End(WorkflowStep spec, StepStatus step, AttemptEnd end)
    {
        StepStatus ended = step with { Phase = end.Phase, Waiting = null, ExitCode = end.ExitCode, Reason = end.Reason, Message = end.Message, Outputs = end.Outputs };
        RetryPolicy? policy = spec.Retry ?? _spec.Defaults?.Retry;
        if (end.Phase != StepPhases.Succeeded && Retries.Delay(policy, end, step.Attempt) is { } delay)
        {
            return delay == TimeSpan.Zero
                ? Next(ended)
                : Wake(ended with { Phase = StepPhases.Waiting, Waiting = Retries.Waiting(step.Attempt, end, now + delay) }, new MicroTime(now + delay));
        }

        return ended with { FinishedAt = new MicroTime(now) };
    }

    /// <summary>Status holds the outputs of a run: more of them than fit would keep every later write out.</summary>
    private AttemptEnd WithinLimit(AttemptEnd end)
    {
        int bytes = StepResult.Bytes(end.Outputs) + _steps.Sum(static step => StepResult.Bytes(step.Outputs));
        return end.Outputs is null || bytes <= StepResult.MaxRunBytes ? end : AttemptEnd.TooLarge(bytes);
    }

    /// <summary>Another step has failed for good: the retry that is due does not come.</summary>
    private StepStatus GiveUp(StepStatus step) => step with
    {
        Phase = step.Reason is StepReasons.JobRefused or StepReasons.ImagePull or StepReasons.PodLost or StepReasons.NotStarted ? StepPhases.Errored : StepPhases.Failed,
        Waiting = null,
        FinishedAt = new MicroTime(now),
    };

    private StepStatus Next(StepStatus step)
    {
        int attempt = step.Attempt + 1;
        return step with
        {
            Phase = StepPhases.Starting,
            Attempt = attempt,
            Job = AttemptName.Of(workflow, status.Run!.Value, step.Name, attempt),
            Waiting = null,
            StartedAt = step.StartedAt ?? new MicroTime(now),
        };
    }

    /// <summary>Starts what may start, and writes off what never will: once one step has failed for good, nothing new begins.</summary>
    private void Release()
    {
        Dictionary<string, string> phases = _steps.ToDictionary(static step => step.Name, static step => step.Phase, StringComparer.Ordinal);
        string? failed = _steps.FirstOrDefault(static step => step.Phase is StepPhases.Failed or StepPhases.Errored)?.Name;
        for (int i = 0; i < _steps.Length; i++)
        {
            if (_steps[i].Phase != StepPhases.Pending)
            {
                continue;
            }

            if (failed is not null)
            {
                _steps[i] = _steps[i] with { Phase = StepPhases.Omitted, Waiting = null, Message = $"not started, because step {failed} failed", FinishedAt = new MicroTime(now) };
                continue;
            }

            string[] open = [.. (_spec.Steps[i].Needs ?? []).Where(need => phases[need] != StepPhases.Succeeded)];
            _steps[i] = open.Length == 0
                ? Next(_steps[i])
                : _steps[i] with { Waiting = new StepWaiting { Reason = WaitingReasons.Dependency, Message = $"needs {string.Join(", ", open)}" } };
        }
    }

    private StepStatus Wake(StepStatus step, MicroTime at)
    {
        WakeAt = WakeAt is { } sooner && sooner <= at.Value ? sooner : at.Value;
        return step;
    }
}
