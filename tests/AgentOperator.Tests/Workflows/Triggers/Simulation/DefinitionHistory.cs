using AgentOperator.Api.Workflows;
using AgentOperator.Api.Workflows.Triggers;
using AgentOperator.Kube.Models;
using AgentOperator.Tests.Workflows.Simulation;
using AgentOperator.Workflows.Triggers.Children;
using AgentOperator.Workflows.Triggers.Deciding;
using AgentOperator.Workflows.Triggers.Events;

namespace AgentOperator.Tests.Workflows.Triggers.Simulation;

/// <summary>The life of one definition: events come, come twice and come at once; runs end; the operator looks at the past, dies, and is away for hours; people change, suspend and delete.</summary>
internal sealed class DefinitionHistory
{
    private const int Steps = 250;

    private readonly Random _random;
    private readonly List<(string Id, DateTimeOffset At)> _events = [];
    private DateTimeOffset _now = new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero);

    public DefinitionHistory(int seed)
    {
        _random = new Random(seed);
        Start = _now;
        Cluster = new DefinitionCluster(Spec(), _now);
    }

    public DefinitionCluster Cluster { get; }

    public DateTimeOffset Start { get; }

    public DateTimeOffset Now => _now;

    /// <summary>Whether people changed what may run.</summary>
    public bool WasChanged { get; private set; }

    public void Live()
    {
        for (int i = 0; i < Steps; i++)
        {
            Step();
        }

        // In the end nothing is suspended, no more comes, and everything is looked at until nothing moves.
        if (Cluster.Definition.Spec.Suspend == true)
        {
            Cluster.Change(Cluster.Definition.Spec with { Suspend = null });
        }

        Cluster.Change(Cluster.Definition.Spec with { Triggers = [.. Cluster.Definition.Spec.Triggers!.Where(static trigger => trigger.Cron is null)] });
        for (int quiet = 0, i = 0; quiet < 3; i++)
        {
            WorkflowStatus? before = Cluster.Definition.Status;
            TriggerDecision? decision = Reconcile(0, 0, 0, mayDie: false);
            bool moved = EndSomething(always: true);
            quiet = decision is { HasEffects: false } && !moved && before == Cluster.Definition.Status ? quiet + 1 : 0;
            (i < 2000).ShouldBeTrue("it does not come to rest");
        }
    }

    private void Step()
    {
        _now += _random.Next(20) == 0 ? TimeSpan.FromMinutes(_random.Next(300)) : TimeSpan.FromSeconds(_random.Next(40));
        if (_random.Next(3) == 0)
        {
            Deliver();
        }

        if (_random.Next(2) == 0)
        {
            EndSomething(always: false);
        }

        if (_random.Next(25) == 0)
        {
            Meddle();
        }

        Reconcile(Lag(), Lag(), Lag(), mayDie: true);
    }

    private void Deliver()
    {
        string id = $"e{_events.Count}";
        (string Id, DateTimeOffset At)[] recent = [.. _events.Where(one => one.At + EventRetention.Memory > _now)];
        if (recent is not [] && _random.Next(3) == 0)
        {
            id = recent[_random.Next(recent.Length)].Id;
        }
        else
        {
            _events.Add((id, _now));
        }

        Cluster.Deliver("hook", id, _now);
    }

    /// <summary>Looks (each cache perhaps at the past), decides, writes, acts; the process may die between any two of these.</summary>
    private TriggerDecision? Reconcile(int definitionBehind, int childrenBehind, int deliveriesBehind, bool mayDie)
    {
        Workflow definition = Cluster.View(definitionBehind).Definition;
        Dictionary<string, Workflow> children = new(Cluster.View(childrenBehind).Children, StringComparer.Ordinal);
        foreach (ChildRun run in definition.Status?.Children ?? [])
        {
            // A run that the cache does not show is looked up.
            if (!children.ContainsKey(run.Name) && Cluster.Children.TryGetValue(run.Name, out Workflow? live))
            {
                children.Add(run.Name, live);
            }
        }

        Dictionary<string, EventDelivery> deliveries = new(Cluster.View(deliveriesBehind).Deliveries, StringComparer.Ordinal);
        foreach (ChildRun run in definition.Status?.Children ?? [])
        {
            string name = EventName.OfDelivery("d", "0d6f", run.Trigger, run.Event);
            if (!deliveries.ContainsKey(name) && Cluster.Deliveries.TryGetValue(name, out EventDelivery? live))
            {
                deliveries.Add(name, live);
            }
        }

        TriggerDecision decision = TriggerDecider.Decide(definition, new TriggerFacts([.. children.Values], [.. deliveries.Values], new Dictionary<string, string>()), _now);
        if (Dies(mayDie) || decision.Starts.Any(start => start.Delivery is { } delivery && Cluster.Deliveries.GetValueOrDefault(delivery) is not { IsHandled: false }))
        {
            return null;
        }

        bool changed = definition.Status is null || !StatusText.Same(definition.Status, decision.Status);
        bool isCurrent = changed ? Cluster.TryWrite(definition, decision.Status) : definition.Metadata.ResourceVersion == Cluster.Definition.Metadata.ResourceVersion;
        if (!isCurrent)
        {
            return null;
        }

        return Act(decision.Starts, start => Cluster.Create(start, _now), mayDie)
            && Act(decision.Marks, Cluster.Mark, mayDie)
            && Act(decision.Cancels, Cluster.Cancel, mayDie)
            && Act(decision.Expired, Cluster.Expire, mayDie)
            && Act(decision.Forgotten, Cluster.Forget, mayDie) ? decision : null;
    }

    private bool Act<T>(IReadOnlyList<T> effects, Action<T> act, bool mayDie)
    {
        foreach (T effect in effects)
        {
            if (Dies(mayDie))
            {
                return false;
            }

            act(effect);
        }

        return true;
    }

    /// <summary>A run begins, ends, or is refused.</summary>
    private bool EndSomething(bool always)
    {
        Workflow[] open = [.. Cluster.Children.Values.Where(static child => !ChildWorkflow.IsOver(child))];
        if (open.Length == 0)
        {
            return false;
        }

        Workflow one = open[_random.Next(open.Length)];
        bool isCancelled = one.Annotation(RequestAnnotations.Cancel) is not null;
        WorkflowStatus status = one.Status is null
            ? _random.Next(10) == 0 ? new WorkflowStatus { Phase = WorkflowPhases.Pending, Waiting = "Refused: Cycle" } : new WorkflowStatus { Phase = WorkflowPhases.Running, Run = 1 }
            : new WorkflowStatus { Phase = isCancelled ? WorkflowPhases.Cancelled : WorkflowPhases.Succeeded, Run = 1, FinishedAt = new MicroTime(_now) };
        if (always || one.Status is null || isCancelled || _random.Next(3) == 0)
        {
            Cluster.Set(one with { Status = status });
        }

        return true;
    }

    private void Meddle()
    {
        WorkflowSpec spec = Cluster.Definition.Spec;
        switch (_random.Next(5))
        {
            case 0:
                WasChanged = true;
                Cluster.Change(spec with { Suspend = spec.Suspend != true });
                break;
            case 1:
                WasChanged = true;
                Cluster.Change(spec with { Concurrency = RandomSpec.Pick<string?>(_random, null, ConcurrencyPolicies.Allow, ConcurrencyPolicies.Queue, ConcurrencyPolicies.Replace) });
                break;
            case 2:
                Cluster.Change(spec with { HistoryLimit = _random.Next(4) });
                break;
            case 3:
                WasChanged = true;
                Cluster.Change(spec with { RunToken = $"t{_random.Next(3)}", RunOnApply = true });
                break;
            default:
                // A person deletes what has been seen.
                string[] seen = [.. (Cluster.Definition.Status?.Children ?? []).Where(run => run.Phase == StepPhases.Running && Cluster.Children.ContainsKey(run.Name)).Select(static run => run.Name)];
                if (seen.Length > 0)
                {
                    Cluster.Remove(seen[_random.Next(seen.Length)]);
                }

                break;
        }
    }

    private WorkflowSpec Spec() => new()
    {
        Steps = [Workflows.Life.Step("a")],
        Triggers =
        [
            new WorkflowTrigger
            {
                Name = "clock",
                Cron = RandomSpec.Pick(_random, "*/10 * * * *", "7 * * * *", "30 2 * * *"),
                TimeZone = "Europe/Berlin",
                MissedRuns = RandomSpec.Pick<string?>(_random, null, MissedRunPolicies.All, MissedRunPolicies.Skip),
                StartingDeadline = RandomSpec.Pick<Duration?>(_random, null, new Duration("1h")),
            },
            DefinitionLife.Hook("hook"),
        ],
        Concurrency = RandomSpec.Pick<string?>(_random, null, ConcurrencyPolicies.Allow, ConcurrencyPolicies.Queue, ConcurrencyPolicies.Replace),
        HistoryLimit = RandomSpec.Pick<int?>(_random, null, 0, 1, 3),
    };

    private int Lag() => _random.Next(4) == 0 ? _random.Next(1, 12) : 0;

    private bool Dies(bool mayDie) => mayDie && _random.Next(10) == 0;
}
