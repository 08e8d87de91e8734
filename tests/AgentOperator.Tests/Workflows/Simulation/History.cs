using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Kube.Models;
using AgentOperator.Tests.Workflows.Items;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Memos;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>One generated life of a Workflow: a random graph, random ends of attempts, people who meddle, crashes between any two actions, caches that lag. Deterministic in its seed.</summary>
internal sealed class History
{
    private const int MaxTurns = 5000;
    private readonly Random _random;
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly FakeNamespace _around = new();
    private readonly SimulatedNode _node;
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
        _node = new SimulatedNode(_random, Cluster, isLucky: _random.Next(2) == 0);
        People = new SimulatedPeople(_random);
        _around.Workflows.Add(new Workflow { Metadata = new ObjectMeta { Name = "library" }, Spec = new WorkflowSpec { Steps = [] } });
    }

    public SimulatedCluster Cluster { get; }

    public SimulatedPeople People { get; }

    /// <summary>How often the operator died.</summary>
    public int Deaths { get; private set; }

    /// <summary>How often it decided from what was no longer so, and was refused.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Lives until nothing more happens; throws when it never ends.</summary>
    public void Live()
    {
        for (int turn = 0; turn < MaxTurns; turn++)
        {
            WorkflowDecision? decision = Reconcile(Lag(), Lag());
            bool moved = _node.Move(_now);
            CollectSomething();
            Meddle();
            People.Act(Cluster.Workflow, _now);
            TradeLocks();
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
        WorkflowDecision decision = Decide(workflow, Observe(workflow, Cluster.View(jobsBehind).Jobs));
        foreach ((ItemNames names, IReadOnlyList<ItemResult> results) in decision.Keeps)
        {
            foreach (ItemResult result in results)
            {
                if (Dies())
                {
                    return null;
                }

                Cluster.Results.KeepItem(names.Results, result.Place, result.Text);
            }
        }

        if (Dies())
        {
            return null;
        }

        bool changed = workflow.Status is null || !StatusText.Same(workflow.Status, decision.Status);
        bool isCurrent = changed ? Cluster.TryWrite(workflow, decision.Status) : workflow.Metadata.ResourceVersion == Cluster.Workflow.Metadata.ResourceVersion;
        if (!isCurrent)
        {
            Conflicts++;
            return null;
        }

        if (Dies())
        {
            return null;
        }

        Cluster.Locks.Keep(decision.Locks);
        foreach (AttemptStart start in decision.Starts)
        {
            if (Dies())
            {
                return null;
            }

            Cluster.Create(start, _now, isRefused: _random.Next(30) == 0);
        }

        foreach (MemoKeep memo in decision.Memos)
        {
            Cluster.Results.Keep(workflow, decision.Status.Run!.Value, memo);
        }

        foreach (AttemptStop stop in decision.Stops)
        {
            if (Dies())
            {
                return null;
            }

            if (stop.Nested is { Cancel: not null })
            {
                Cluster.Cancel(stop.Job);
            }
            else
            {
                Cluster.Delete(stop.Job);
            }
        }

        return decision;
    }

    /// <summary>Decides as often as it takes to have all that is asked for.</summary>
    private WorkflowDecision Decide(Workflow workflow, Dictionary<string, AttemptObservation> attempts)
    {
        int approvalsBehind = Math.Min(People.Approvals.Count, Lag());
        Dictionary<string, JsonElement> loaded = new(StringComparer.Ordinal);
        HashSet<string> lost = new(StringComparer.Ordinal);
        Dictionary<string, ItemEvidence> evidence = new(StringComparer.Ordinal);
        Observed seen = new()
        {
            Attempts = attempts,
            IsHeld = Cluster.IsHeld,
            Surroundings = _around,
            Locks = Cluster.Locks,
            Permits = new SimulatedPermits(_random),
            Gates = People.Look(ProofWanted.None, approvalsBehind),
            Memos = Cluster.Results,
            Loaded = loaded,
            Lost = lost,
            Items = evidence,
        };
        for (int asked = 0; asked < 100; asked++)
        {
            WorkflowDecision decision = WorkflowDecider.Decide(workflow, seen, _now);
            if (decision.Proof != ProofWanted.None)
            {
                seen = seen with { Gates = People.Look(decision.Proof, approvalsBehind) };
                continue;
            }

            if (decision is { Missing: [], MissingItems: [] })
            {
                return decision;
            }

            foreach (ItemsWanted wanted in decision.MissingItems)
            {
                evidence[wanted.Names.Results] = new ItemEvidence(Cluster.Results.ItemsOf(wanted.Names.Results))
                {
                    Pods = wanted.Job?.JobUid is { } job && Cluster.Indexed.TryGetValue(job, out SimulatedJob? indexed) ? indexed.Pods() : new Dictionary<int, PodObservation>(),
                };
            }

            foreach (OutputReference reference in decision.Missing)
            {
                if (Cluster.Results.Load(reference) is { } value)
                {
                    loaded[reference.Sha256] = value;
                }
                else
                {
                    lost.Add(reference.Sha256);
                }
            }
        }

        throw new InvalidOperationException("It asks for more and more, and decides nothing.");
    }

    /// <summary>The cache of Jobs has a lag of its own; a Job that should be running and is not in it is looked up.</summary>
    private Dictionary<string, AttemptObservation> Observe(Workflow workflow, Dictionary<string, AttemptObservation> cached)
    {
        Dictionary<string, AttemptObservation> seen = new(Cluster.Refused, StringComparer.Ordinal);
        foreach ((string name, AttemptObservation job) in cached)
        {
            seen[name] = job;
        }

        foreach (string job in Begun(workflow))
        {
            if (!seen.ContainsKey(job))
            {
                seen[job] = Cluster.Jobs.GetValueOrDefault(job) ?? new AttemptObservation { State = AttemptState.Gone };
            }
        }

        return seen;
    }

    /// <summary>Jobs of which the status says that they were seen.</summary>
    private static IEnumerable<string> Begun(Workflow workflow)
    {
        if (workflow.Status is not { RunSpec: not null } status)
        {
            yield break;
        }

        foreach ((StepPart part, _, StepStatus step) in RunParts.WithSpecs(status))
        {
            if (step is { Phase: StepPhases.Running, Job: { } job })
            {
                yield return job;
            }
            else if (step is { Items: { } items, Job: null } && StepPhases.IsActive(step.Phase))
            {
                foreach (CurrentItem item in ItemsDecider.Current(ItemNames.Of(workflow, status, part, step), items).Where(static item => item.WasSeen))
                {
                    yield return item.Job;
                }
            }
        }
    }

    private int Lag() => _random.Next(4) == 0 ? _random.Next(1, SimulatedCluster.MostBehind + 1) : 0;

    private void TradeLocks()
    {
        foreach (string mutex in new[] { "m", "of-runs" })
        {
            if (_random.Next(3) == 0)
            {
                Cluster.Locks.Trade(mutex, mayTake: _random.Next(4) == 0);
            }
        }
    }

    /// <summary>A Job whose result is on record may be deleted: by its ttl, or by a person.</summary>
    private void CollectSomething()
    {
        foreach (StepStatus step in StepsOf(Cluster.Workflow.Status))
        {
            if (_random.Next(100) == 0)
            {
                Cluster.Results.Lose(_random);
            }

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
            People.Restore(_now);
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
        switch (_random.Next(18))
        {
            case 17:
                People.Meddle(_now);
                break;
            case 16:
                if (Begun(Cluster.Workflow).FirstOrDefault(Cluster.Jobs.ContainsKey) is { } job)
                {
                    Cluster.Delete(job);
                }

                break;
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
                Cluster.Annotate(RequestAnnotations.Event + "e", RandomSpec.Pick<string?>(_random, $"{run}/{{}}", $"{run}.2/{{}}", "no", null));
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

    private bool Dies()
    {
        bool dies = _random.Next(12) == 0;
        if (dies)
        {
            Deaths++;
            Cluster.Refused.Clear();
        }

        return dies;
    }

    private static IEnumerable<StepStatus> StepsOf(WorkflowStatus? status) => RunParts.All(status);
}
