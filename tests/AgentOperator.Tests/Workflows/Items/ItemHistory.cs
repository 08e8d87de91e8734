using System.Globalization;
using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows.Items;

/// <summary>The life of one forEach step in a cluster where Jobs fail, are deleted and refused, the cache lags, and the operator dies between any two actions.</summary>
internal sealed class ItemHistory
{
    private readonly Random _random;
    private readonly ItemNames _names = new(new Workflow { Metadata = new ObjectMeta { Name = "w", Namespace = "n", Uid = "uid" }, Spec = new WorkflowSpec { Steps = [] } }, 1, new AttemptId("s", 0));
    private readonly Dictionary<string, SimulatedJob> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttemptObservation> _cache = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private StepStatus _status;

    public ItemHistory(int seed)
    {
        _random = new Random(seed);
        int total = _random.Next(0, 9);
        bool isContainer = _random.Next(2) == 0;
        Step = new WorkflowStep
        {
            Name = "s",
            ForEach = new ForEach { Items = "x", Parallelism = Maybe(1, 4), MaxFailed = Maybe(0, 3), Enough = _random.Next(3) == 0 ? _random.Next(1, Math.Max(2, total + 1)) : null },
            Container = isContainer ? new ContainerStep { Image = "i" } : null,
            Agent = isContainer ? null : new AgentStep { Name = "a" },
            Outputs = _random.Next(2) == 0 ? [new StepOutput { Name = "x", Type = ValueTypes.Integer }] : null,
            Retry = _random.Next(3) == 0 ? null : new RetryPolicy
            {
                Limit = _random.Next(0, 3),
                Policy = _random.Next(2) == 0 ? RetryPolicies.Always : null,
                Backoff = _random.Next(2) == 0 ? null : new RetryBackoff { Initial = new Duration("10s") },
            },
            Idempotent = _random.Next(2) == 0 ? true : null,
        };
        List = JsonSerializer.SerializeToElement(Enumerable.Range(0, total).ToArray());
        _status = new StepStatus { Name = "s", Phase = StepPhases.Pending };
    }

    public WorkflowStep Step { get; }

    public JsonElement List { get; }

    public int Total => List.GetArrayLength();

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

    public StepStatus Status => _status;

    public AttemptEnd? End { get; private set; }

    /// <summary>Attempts that ran, by item: how each ended; null while it runs, or when somebody ended it.</summary>
    public Dictionary<int, List<Execution>> Executions { get; } = [];

    /// <summary>Most items that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    private bool IsContainer => Step.Container is not null;

    public void Live()
    {
        for (int i = 0; End is null; i++)
        {
            if (i > 5_000)
            {
                throw new InvalidOperationException($"it does not end: {JsonSerializer.Serialize(_status)}");
            }

            Turn();
            Now += TimeSpan.FromSeconds(_random.Next(0, 6));
            foreach (SimulatedJob job in _jobs.Values.ToArray())
            {
                Advance(job);
            }

            MostAtOnce = Math.Max(MostAtOnce, _jobs.Values.Sum(static job => job.Active));
        }
    }

    /// <summary>One decision, and as much of what follows as the operator lives for.</summary>
    private void Turn()
    {
        Watch();
        ItemsContext context = Context();
        StepStatus next = _status;
        AttemptEnd? end = null;
        IReadOnlyList<ItemResult> keeps = [];
        switch (_status.Phase)
        {
            case StepPhases.Pending:
                (ItemsStatus? items, end) = ItemsDecider.Begin(Step, List);
                next = end is null ? Started(context, _status with { Items = items }) : _status with { Items = items };
                break;
            case StepPhases.Waiting when _status.Waiting!.Until!.Value.Value <= Now:
                next = Started(context, _status);
                break;
            case StepPhases.Starting or StepPhases.Running:
                ItemsTurn turn = ItemsDecider.Follow(context, _status);
                turn = turn.WantsResults ? ItemsDecider.Follow(context with { Evidence = Evidence() }, _status) : turn;
                (next, end, keeps) = (turn.Status, turn.End, turn.Keeps);
                break;
        }

        foreach (ItemResult keep in keeps)
        {
            if (Dies())
            {
                return;
            }

            _kept.TryAdd(ItemResults.KeyOf(keep.Place), keep.Text);
        }

        if (Dies())
        {
            return;
        }

        _status = next;
        End = end;
        if (end is null)
        {
            Create(Context());
        }
    }

    private StepStatus Started(ItemsContext context, StepStatus step)
    {
        step = step with { Phase = StepPhases.Starting, Waiting = null, Attempt = step.Attempt + 1, Job = _names.Key(step.Attempt + 1) };
        return ItemsDecider.Start(context, step);
    }

    private void Create(ItemsContext context)
    {
        IEnumerable<AttemptStart> starts = IsContainer
            ? ItemsDecider.Starts(context, _status)
            : _status is { Phase: StepPhases.Starting, Job: { } name } && !_cache.ContainsKey(name) ? [new AttemptStart(Step, _status.Attempt, name)] : [];
        foreach (AttemptStart start in starts.ToArray())
        {
            if (Dies())
            {
                return;
            }

            if (_jobs.ContainsKey(start.Job))
            {
                continue;
            }

            if (_random.Next(12) == 0)
            {
                _refused.Add(start.Job);
                continue;
            }

            int[] places = start.Item is { } item ? [item] : [.. IndexRanges.Parse(_status.Items!.Running)];
            IndexedShape? shape = IsContainer ? null : IndexedShape.Of(Step.ForEach!, Step.Retry, _status);
            _jobs.Add(start.Job, new SimulatedJob(start.Job, places, shape, start.Attempt));
        }
    }

    private ItemEvidence Evidence() => new(ItemResults.Of([_kept])) { Pods = _status.Job is { } name && _jobs.TryGetValue(name, out SimulatedJob? job) ? job.Pods() : new Dictionary<int, PodObservation>() };

    private ItemsContext Context() => new()
    {
        Step = Step,
        Retry = Step.Retry,
        Names = _names,
        Attempts = _cache,
        Room = 60_000,
        MayStart = _random.Next(10) != 0,
        Now = Now,
    };

    /// <summary>The cache takes over some of what is so.</summary>
    private void Watch()
    {
        foreach (SimulatedJob job in _jobs.Values)
        {
            if (job.IsGone)
            {
                // The observer asks for those that status knows of, and remembers those that it saw.
                _cache[job.Name] = new AttemptObservation { State = AttemptState.Gone };
            }
            else if (_random.Next(3) != 0)
            {
                _cache[job.Name] = job.Observe(Step);
            }
        }

        foreach (string name in _refused)
        {
            _cache[name] = new AttemptObservation { State = AttemptState.Refused, Message = "exceeded quota" };
        }
    }

    private void Advance(SimulatedJob job)
    {
        if (job.IsOver)
        {
            return;
        }

        if (_cache.ContainsKey(job.Name) && _random.Next(200) == 0)
        {
            job.Delete();
            return;
        }

        foreach ((int place, bool hasSucceeded) in job.Advance(_random))
        {
            List<Execution> all = Executions.TryGetValue(place, out List<Execution>? found) ? found : Executions[place] = [];
            all.Add(new Execution(job.Attempt, hasSucceeded));
            if (hasSucceeded && !IsContainer)
            {
                _kept.TryAdd(ItemResults.KeyOf(place), string.Create(CultureInfo.InvariantCulture, $$"""{"x":{{place}}}"""));
            }
        }
    }

    private bool Dies() => _random.Next(15) == 0;

    private int? Maybe(int low, int high) => _random.Next(2) == 0 ? null : _random.Next(low, high + 1);
}
