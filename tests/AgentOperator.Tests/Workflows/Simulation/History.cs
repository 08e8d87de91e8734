using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>One generated life of a Workflow: a random graph, random ends of attempts, crashes between any two actions, caches that lag. Deterministic in its seed.</summary>
internal sealed class History
{
    private const int MaxTurns = 5000;
    private readonly Random _random;
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public History(int seed)
    {
        _random = new Random(seed);
        Cluster = new SimulatedCluster(WorkflowOf(Spec()));
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

        throw new InvalidOperationException($"No end after {MaxTurns} turns: {Cluster.Workflow.Status?.Phase} {Cluster.Workflow.Status?.Message}");
    }

    /// <summary>Observes (perhaps the past), decides, writes, acts; the process may die between any two of these.</summary>
    private WorkflowDecision? Reconcile(int workflowBehind, int jobsBehind)
    {
        Workflow workflow = Cluster.View(workflowBehind).Workflow;
        Dictionary<string, AttemptObservation> jobs = Observe(workflow, Cluster.View(jobsBehind).Jobs);
        WorkflowDecision decision = WorkflowDecider.Decide(workflow, jobs, _now);
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

            Cluster.Create(start);
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
        foreach (StepStatus step in workflow.Status?.Steps ?? [])
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

        Cluster.End(active[_random.Next(active.Length)], _random.Next(13) switch
        {
            12 => new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { WaitingReason = "ErrImagePull" } },
            11 => new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { IsRunning = true, StartedAt = _now } },
            10 => new AttemptObservation { State = AttemptState.Active, Pod = new PodObservation { IsRunning = true, StartedAt = _now.AddMinutes(-1) } },
            < 7 => new AttemptObservation { State = AttemptState.Complete, Pod = new PodObservation { ExitCode = 0, TerminationMessage = """{"value":"x"}""" } },
            7 => new AttemptObservation { State = AttemptState.Failed, Reason = "BackoffLimitExceeded", Pod = new PodObservation { ExitCode = _random.Next(1, 3) } },
            8 => new AttemptObservation { State = AttemptState.Failed, Reason = "DeadlineExceeded" },
            _ => new AttemptObservation { State = AttemptState.Complete, Pod = new PodObservation { ExitCode = 0, TerminationMessage = "not json" } },
        });
        return true;
    }

    /// <summary>A Job whose result is on record may be deleted: by its ttl, or by a person.</summary>
    private void CollectSomething()
    {
        foreach (StepStatus step in Cluster.Workflow.Status?.Steps ?? [])
        {
            if (step.Job is { } job && StepPhases.IsFinal(step.Phase) && Cluster.Jobs.ContainsKey(job) && _random.Next(4) == 0)
            {
                Cluster.Delete(job);
            }
        }
    }

    private bool IsOver() =>
        WorkflowPhases.IsFinal(Cluster.Workflow.Status?.Phase)
        && Cluster.Workflow.Status!.ObservedGeneration == Cluster.Workflow.Metadata.Generation
        && Cluster.Jobs.Values.All(static job => job.State != AttemptState.Active);

    private bool Dies() => _random.Next(8) == 0;

    private WorkflowSpec Spec()
    {
        int count = _random.Next(1, 12);
        List<WorkflowStep> steps = [];
        for (int i = 0; i < count; i++)
        {
            List<string> needs = [.. steps.Where(_ => _random.Next(3) == 0).Select(static step => step.Name).Take(20)];
            steps.Add(new WorkflowStep
            {
                Name = $"s{i}",
                Needs = needs,
                Container = new ContainerStep { Image = "x" },
                Outputs = _random.Next(2) == 0 ? [new StepOutput { Name = "value" }] : null,
                Retry = _random.Next(2) == 0 ? new RetryPolicy { Limit = _random.Next(4), Policy = RetryPolicies.Always, Backoff = _random.Next(2) == 0 ? new RetryBackoff { Initial = new Duration("3s") } : null } : null,
            });
        }

        return new WorkflowSpec { Steps = [.. steps.OrderBy(_ => _random.Next())] };
    }

    private static Workflow WorkflowOf(WorkflowSpec spec) => new()
    {
        Metadata = new ObjectMeta { Name = "w", Namespace = "n", Uid = "u", ResourceVersion = "1", Generation = 1 },
        Spec = spec,
    };
}
