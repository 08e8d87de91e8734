using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Memos;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Deciding;

/// <summary>One run while it is being decided. Lives for one decision; what decides shares it.</summary>
internal sealed class RunState
{
    private readonly List<ItemKeep> _keeps = [];
    private readonly List<MemoKeep> _memos = [];
    private WorkflowStatus? _current;
    private List<OutputReference>? _missing;
    private List<ItemsWanted>? _missingItems;

    public RunState(Workflow workflow, WorkflowStatus status, Observed seen, DateTimeOffset now)
    {
        Workflow = workflow;
        Status = status;
        Seen = seen;
        Now = now;
        Main = StepRow.Of(StepPart.Steps, status.RunSpec!.Steps, status.Steps);
        Compensations = [.. (status.Compensations ?? []).Select(undone => new StepRow(StepPart.Compensations, CompensationSpec.Of(status.RunSpec, undone.Name), undone))];
        Finally = StepRow.Of(StepPart.Finally, status.RunSpec.Finally, status.Finally);
        Loops = LoopMap.Of(status.RunSpec.Steps);
    }

    public Workflow Workflow { get; }

    public Observed Seen { get; }

    public DateTimeOffset Now { get; }

    public StepRow[] Main { get; }

    public List<StepRow> Compensations { get; }

    public StepRow[] Finally { get; }

    public LoopMap Loops { get; }

    /// <summary>All but the steps, which are in the rows.</summary>
    public WorkflowStatus Status { get; set; }

    /// <summary>How many attempts are under way.</summary>
    public int Active { get; set; }

    /// <summary>The earliest time at which something is due.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>The proof of enforcement that is wanted before anything of this decision counts.</summary>
    public ProofWanted Proof { get; set; }

    /// <summary>Values that were asked for and are not loaded.</summary>
    public IReadOnlyList<OutputReference> Missing => _missing ?? [];

    /// <summary>Steps whose items' results are needed and were not read.</summary>
    public IReadOnlyList<ItemsWanted> MissingItems => _missingItems ?? [];

    /// <summary>True when the decision has to be made anew, with what it lacks.</summary>
    public bool IsIncomplete => _missing is not null || _missingItems is not null;

    /// <summary>Results to keep before the status is written.</summary>
    public IReadOnlyList<ItemKeep> Keeps => _keeps;

    /// <summary>Results for later runs to take over.</summary>
    public IReadOnlyList<MemoKeep> Memos => _memos;

    public long Run => Status.Run!.Value;

    public string Namespace => Workflow.Metadata.Namespace!;

    public IEnumerable<StepRow> All => Main.Concat(Compensations).Concat(Finally);

    public bool IsMainOver => Array.TrueForAll(Main, static row => StepPhases.IsFinal(row.Status.Phase));

    /// <summary>True when the run is to be suspended; who cancels wants the end now, and a stop that nobody asked for leaves finally as suspended as it was.</summary>
    public bool IsToPause => Workflow.Spec.Suspend == true && (Status.Stop is null or { Reason: StopReasons.DeadlineExceeded or StopReasons.Replaced });

    public bool IsPaused => Status.PausedSince is not null;

    /// <summary>A step has got results, or lost them: values are read anew.</summary>
    public void Touch() => _current = null;

    /// <summary>Values as they are for a step.</summary>
    public RunScope ScopeOf(StepRow row) => new(_current ??= Current(), Seen.Loaded) { Visit = row.Status.Visit ?? 1 };

    /// <summary>Values for digests: what is kept outside of status counts by its digest, whether it happens to be loaded or not.</summary>
    public RunScope DigestScopeOf(StepRow row) => new(_current ??= Current()) { Visit = row.Status.Visit ?? 1 };

    public void Want(OutputReference value) => (_missing ??= []).Add(value);

    public void Remember(MemoKeep memo) => _memos.Add(memo);

    public void Want(ItemsWanted items) => (_missingItems ??= []).Add(items);

    public void Keep(ItemNames names, IReadOnlyList<ItemResult> results)
    {
        if (results.Count > 0)
        {
            _keeps.Add(new ItemKeep(names, results));
        }
    }

    public void Wake(DateTimeOffset at) => WakeAt = WakeAt is { } sooner && sooner <= at ? sooner : at;

    /// <summary>The status with the steps as they are now.</summary>
    public WorkflowStatus Current() => Status with
    {
        Steps = [.. Main.Select(static row => row.Status)],
        Compensations = Compensations.Count == 0 ? null : [.. Compensations.Select(static row => row.Status)],
        Finally = Finally.Length == 0 ? null : [.. Finally.Select(static row => row.Status)],
        Attempts = All.Sum(static row => row.Status.Attempt + (row.Status.EarlierAttempts ?? 0)),
    };

    /// <summary>Evaluates for a step what an expression says of the run as it stands.</summary>
    public Answer<T> Ask<T>(StepRow row, IExpression expression, Func<IValueScope, T> evaluate)
    {
        Touch();
        RunScope scope = ScopeOf(row);
        bool isComplete = true;
        foreach (ValuePath path in expression.References)
        {
            if (ReferencedOutputs.Find(path, _current!) is { } reference && !Seen.Loaded.ContainsKey(reference.Sha256))
            {
                if (Seen.Lost.Contains(reference.Sha256))
                {
                    return new Answer<T>($"{path} cannot be read: ConfigMap {reference.ConfigMap}, which holds it, is gone or was changed");
                }

                Want(reference);
                isComplete = false;
            }
        }

        if (!isComplete)
        {
            return default;
        }

        try
        {
            return new Answer<T>(evaluate(scope));
        }
        catch (TemplateException error)
        {
            return new Answer<T>(error.Message);
        }
    }

    /// <summary>Whom an event or a resume is for: the run, and in a loop the visit, so that what was for one is not taken for the next.</summary>
    public string NumberOf(StepRow row) => row.Status.Visit is > 1 and var visit
        ? string.Create(CultureInfo.InvariantCulture, $"{Run}.{visit}")
        : Run.ToString(CultureInfo.InvariantCulture);

    /// <summary>Key of the newest attempt of a step.</summary>
    public string KeyOf(StepRow row) => AttemptName.Key(Workflow.Metadata.Uid!, Run, row.Id(row.Status.Attempt));

    /// <summary>What a run as a whole holds while it is under way.</summary>
    public IReadOnlyList<LockRequest> LocksOfRun() => LocksOf(LocksAbove.HolderOf(Workflow, Run), Workflow.Spec.Mutex, Workflow.Spec.Semaphore);

    /// <summary>What a step holds from before its first attempt until its end.</summary>
    public IReadOnlyList<LockRequest> LocksOf(StepRow row) => LocksOf(LocksAbove.HolderOf(Workflow, Run, row.Id(0)), row.Spec.Mutex, row.Spec.Semaphore);

    private List<LockRequest> LocksOf(string holder, string? mutex, SemaphoreReference? semaphore)
    {
        List<LockRequest> locks = [];
        int priority = Workflow.Spec.Priority ?? 0;
        if (mutex is not null)
        {
            locks.Add(new LockRequest(holder, mutex, null, priority));
        }

        if (semaphore is not null)
        {
            locks.Add(new LockRequest(holder, null, semaphore, priority));
        }

        // Who is a step of somebody that has the lock has it too: they would wait for each other for ever.
        IReadOnlyList<string> above = LocksAbove.Of(Workflow);
        locks.RemoveAll(request => above.Any(holder => Seen.Locks.Look(Namespace, request with { Holder = holder }).IsHeld));
        return locks;
    }
}
