using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>One generated life of a Workflow: a random graph, random ends of attempts, people who meddle, crashes between any two actions, caches that lag. Deterministic in its seed.</summary>
internal sealed class History
{
    private const int MaxTurns = 5000;
    private readonly Random _random;
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private int _meddlings;

    public History(int seed)
    {
        _random = new Random(seed);
        Cluster = new SimulatedCluster(new Workflow
        {
            Metadata = new ObjectMeta { Name = "w", Namespace = "n", Uid = "u", ResourceVersion = "1", Generation = 1 },
            Spec = RandomSpec.Of(_random),
        });
        _meddlings = _random.Next(8);
    }

    public SimulatedCluster Cluster { get; }

    /// <summary>Lives until nothing more happens; throws when it never ends.</summary>
    public void Live()
    {
        for (int turn = 0; turn < MaxTurns; turn++)
        {
            WorkflowDecision? decision = Reconcile(Lag(), Lag());
            bool moved = EndSomething();
            CollectSomething();
            Meddle();
            if (!moved && decision is { WakeAt: { } at } && at > _now)
            {
                _now = at;
            }
            else
            {
                _now += TimeSpan.FromMilliseconds(_random.Next(1, 2000));
            }

            if (IsOver())
            {
                return;
            }
        }

        throw new InvalidOperationException($"No end after {MaxTurns} turns: {Cluster.Workflow.Status?.Phase} {Cluster.Workflow.Status?.Message}; {StatusText.Of(Cluster.Workflow.Status!)}");
    }

    /// <summary>Observes (perhaps the past), decides, writes, acts; the process may die between any two of these.</summary>
    private WorkflowDecision? Reconcile(int workflowBehind, int jobsBehind)
    {
        Workflow workflow = Cluster.View(workflowBehind).Workflow;
        Dictionary<string, AttemptObservation> jobs = Observe(workflow, Cluster.View(jobsBehind).Jobs);
        WorkflowDecision decision = WorkflowDecider.Decide(workflow, new Observed { Attempts = jobs, IsHeld = Cluster.IsHeld }, _now);
        if (Dies())
        {
            return null;
        }

        bool changed = workflow.Status is null || !StatusText.Same(workflow.Status, decision.Status);
        bool isCurrent = changed ? Cluster.TryWrite(workflow, decision.Status) : workflow.Metadata.ResourceVersion == Cluster.Workflow.Metadata.ResourceVersion;
        if (!isCurrent)
        {
            return null;
        }

        foreach (AttemptStart start in decision.Starts)
        {
            if (Dies())
            {
                return null;
            }

            Cluster.Create(start, _now);
        }

        foreach (AttemptStop stop in decision.Stops)
        {
            if (Dies())
            {
                return null;
            }

            Cluster.Delete(stop.Job);
        }

        return decision;
    }

    /// <summary>The cache of Jobs has a lag of its own; a Job that should be running and is not in it is looked up.</summary>
    private Dictionary<string, AttemptObservation> Observe(Workflow workflow, Dictionary<string, AttemptObservation> cached)
    {
        Dictionary<string, AttemptObservation> seen = new(cached, StringComparer.Ordinal);
        foreach (StepStatus step in StepsOf(workflow.Status))
        {
            if (step is { Phase: StepPhases.Running, Job: { } job } && !seen.ContainsKey(job))
            {
                seen[job] = Cluster.Jobs.GetValueOrDefault(job) ?? new AttemptObservation { State = AttemptState.Gone };
            }
        }

        return seen;
    }

    private int Lag() => _random.Next(4) == 0 ? _random.Next(1, 6) : 0;

    private bool EndSomething()
    {
        string[] active = [.. Cluster.Jobs.Where(static job => job.Value.State == AttemptState.Active).Select(static job => job.Key)];
        if (active.Length == 0 || _random.Next(3) == 0)
        {
            return active.Length > 0;
        }

        string one = active[_random.Next(active.Length)];
        if (Cluster.Jobs[one].IsDeleting)
        {
            Cluster.Remove(one);
            return true;
        }

        Cluster.End(one, _random.Next(16) switch
        {
            15 => new AttemptObservation { State = AttemptState.Active },
            14 => new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { WaitingReason = "ContainerCreating" } },
            13 => new AttemptObservation { State = AttemptState.Failed, Reason = "BackoffLimitExceeded" },
            12 => new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { WaitingReason = "ErrImagePull" } },
            11 => new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { IsRunning = true, StartedAt = _now } },
            10 => new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { IsRunning = true, StartedAt = _now.AddMinutes(-1) } },
            < 7 => new AttemptObservation { State = AttemptState.Complete, Pod = new PodObservation { ExitCode = 0, TerminationMessage = $$"""{"value":"x{{_random.Next(2)}}"}""" } },
            7 => new AttemptObservation { State = AttemptState.Failed, Reason = "BackoffLimitExceeded", Pod = new PodObservation { ExitCode = _random.Next(1, 3) } },
            8 => new AttemptObservation { State = AttemptState.Failed, Reason = "DeadlineExceeded" },
            _ => new AttemptObservation { State = AttemptState.Complete, Pod = new PodObservation { ExitCode = 0, TerminationMessage = "not json" } },
        });
        return true;
    }

    /// <summary>A Job whose result is on record may be deleted: by its ttl, or by a person.</summary>
    private void CollectSomething()
    {
        foreach (StepStatus step in StepsOf(Cluster.Workflow.Status))
        {
            if (step.Job is { } job && StepPhases.IsFinal(step.Phase) && Cluster.Jobs.TryGetValue(job, out AttemptObservation? seen) && seen.State != AttemptState.Active && _random.Next(4) == 0)
            {
                Cluster.Remove(job);
            }
        }
    }

    /// <summary>People change, suspend, cancel, rerun, hold and delete, a few times in a life; in the end nothing is left suspended or held.</summary>
    private void Meddle()
    {
        if (_meddlings == 0)
        {
            Cluster.IsHeld = false;
            if (Cluster.Workflow.Spec.Suspend == true)
            {
                Cluster.Change(Cluster.Workflow.Spec with { Suspend = null });
            }

            return;
        }

        if (_random.Next(12) != 0)
        {
            return;
        }

        _meddlings--;
        long run = (Cluster.Workflow.Status?.Run ?? 1) + (_random.Next(6) == 0 ? 1 : 0);
        switch (_random.Next(16))
        {
            case < 7:
                Cluster.Change(RandomSpec.Change(_random, Cluster.Workflow.Spec));
                break;
            case < 10:
                Cluster.Annotate(RequestAnnotations.Cancel, RandomSpec.Pick<string?>(_random, $"{run}/Graceful", $"{run}/Immediate", "7 please", "", null));
                break;
            case < 13:
                Cluster.Annotate(RequestAnnotations.Rerun, RandomSpec.Pick<string?>(_random, $"{run}/failed", $"{run}/from=s0", $"{run}/from=nowhere", "/", null));
                break;
            case 13:
                StepStatus? held = Cluster.Workflow.Status?.Steps?.FirstOrDefault(static step => step.Waiting?.Reason == WaitingReasons.Checkpoint);
                Cluster.Annotate(RequestAnnotations.Resume, RandomSpec.Pick<string?>(_random, $"{run}/{held?.Name ?? "s0"}", "no", null));
                Cluster.Annotate(RequestAnnotations.Event + "e", RandomSpec.Pick<string?>(_random, $"{run}/{{}}", "no", null));
                break;
            case < 15:
                Cluster.IsHeld = !Cluster.IsHeld;
                break;
            default:
                Cluster.Terminate(_now);
                break;
        }
    }

    private bool IsOver()
    {
        Workflow workflow = Cluster.Workflow;
        bool hasEnded = workflow.Status is { } status
            && (status.Run is null || WorkflowPhases.IsFinal(status.Phase))
            && (workflow.IsTerminating() || (status.ObservedGeneration == workflow.Metadata.Generation && Requests.NewCancel(workflow, status) is null && Requests.NewResume(workflow, status) is null && (Requests.NewRerun(workflow, status) is null || IsRefused(status))));
        return hasEnded && _meddlings == 0 && !Cluster.IsHeld && Cluster.Jobs.Values.All(static job => job.State != AttemptState.Active);
    }

    /// <summary>A rerun of a spec that cannot run waits for a better one.</summary>
    private static bool IsRefused(WorkflowStatus status) => status.Waiting?.StartsWith("Refused", StringComparison.Ordinal) == true;

    private bool Dies() => _random.Next(8) == 0;

    private static IEnumerable<StepStatus> StepsOf(WorkflowStatus? status) => RunParts.All(status);
}
