using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Tests.Workflows.Items;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>What an API server, a Job controller and a node would hold for one Workflow: enough to let the decider live through crashes and stale reads.</summary>
internal sealed class SimulatedCluster
{
    /// <summary>How many changes a cache may be behind.</summary>
    public const int MostBehind = 5;

    private readonly List<(Workflow Workflow, Dictionary<string, AttemptObservation> Jobs)> _past = [];
    private readonly HashSet<string> _tried = new(StringComparer.Ordinal);

    public SimulatedCluster(Workflow workflow)
    {
        Workflow = workflow;
        Remember();
    }

    public Workflow Workflow { get; private set; }

    public Dictionary<string, AttemptObservation> Jobs { get; } = new(StringComparer.Ordinal);

    /// <summary>Jobs of several items, by name.</summary>
    public Dictionary<string, SimulatedJob> Indexed { get; } = new(StringComparer.Ordinal);

    /// <summary>What every Job is about.</summary>
    public Dictionary<string, AttemptStart> Starts { get; } = new(StringComparer.Ordinal);

    /// <summary>Jobs that were refused: only the operator's memory knows of them.</summary>
    public Dictionary<string, AttemptObservation> Refused { get; } = new(StringComparer.Ordinal);

    public SimulatedResults Results { get; } = new();

    public SimulatedLocks Locks { get; } = new();

    /// <summary>Ends of items' work: which attempt, and whether it went well.</summary>
    public List<(string Results, int Place, int Attempt, bool HasSucceeded, bool IsIdempotent)> ItemEnds { get; } = [];

    /// <summary>True while no run may start.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Every Job ever created, in order, with the object and the time then.</summary>
    public List<(AttemptStart Start, Workflow At, DateTimeOffset Now)> Created { get; } = [];

    /// <summary>Every status that was written, with the object that it was decided from.</summary>
    public List<(Workflow From, WorkflowStatus To, bool IsHeld)> Written { get; } = [];

    /// <summary>What a cache shows that is some steps behind.</summary>
    public (Workflow Workflow, Dictionary<string, AttemptObservation> Jobs) View(int behind) => _past[Math.Max(0, _past.Count - 1 - behind)];

    /// <summary>A status apply with the resource version it was decided from; false is 409.</summary>
    public bool TryWrite(Workflow decidedFrom, WorkflowStatus status)
    {
        if (decidedFrom.Metadata.ResourceVersion != Workflow.Metadata.ResourceVersion)
        {
            return false;
        }

        Written.Add((Workflow, status, IsHeld));
        Update(Workflow with { Status = status });
        return true;
    }

    /// <summary>A create; the second of one name is AlreadyExists and thus adopted.</summary>
    public void Create(AttemptStart start, DateTimeOffset now, bool isRefused)
    {
        if (Jobs.ContainsKey(start.Job))
        {
            return;
        }

        if (_tried.Add(start.Job))
        {
            Created.Add((start, Workflow, now));
        }

        if (isRefused)
        {
            Refused[start.Job] = new AttemptObservation { State = AttemptState.Refused, Message = "exceeded quota" };
            return;
        }

        Starts[start.Job] = start;
        if (start is { Step: { ForEach: not null, Container: null }, Items: { } items })
        {
            StepStatus step = RunParts.WithSpecs(Workflow.Status!).First(entry => entry.Part == start.Part && entry.Spec.Name == start.Step.Name).Status;
            Indexed[start.Job] = new SimulatedJob(start.Job, [.. IndexRanges.Parse(items)], IndexedShape.Of(start.Step.ForEach!, start.Step.Retry, step), start.Attempt);
        }

        Jobs.Add(start.Job, new AttemptObservation
        {
            State = AttemptState.Active,
            JobUid = start.Job,
            Run = Workflow.Status!.Run,
            CreatedAt = now,
            WantsPod = true,
            Nested = start.Step.Workflow is null ? null : new NestedObservation(null, null),
        });
        Remember();
    }

    /// <summary>What the items of a Job gave is kept under this name.</summary>
    public string ResultsOf(string job) => AttemptName.ResultsOf(Workflow, Jobs[job].Run!.Value, Starts[job].Id);

    /// <summary>The Job comes to its end, or its pod moves on.</summary>
    public void End(string job, AttemptObservation end)
    {
        Jobs[job] = end with { JobUid = job, Run = Jobs[job].Run, CreatedAt = Jobs[job].CreatedAt, WantsPod = end.State == AttemptState.Active, IsDeleting = Jobs[job].IsDeleting };
        Remember();
    }

    /// <summary>A delete in the foreground: the Job stays until its pods have ended.</summary>
    public void Delete(string job)
    {
        if (Jobs.TryGetValue(job, out AttemptObservation? seen))
        {
            Jobs[job] = seen with { IsDeleting = true, WantsPod = false };
            Remember();
        }
    }

    /// <summary>A Workflow that is a step is asked to cancel its run.</summary>
    public void Cancel(string job)
    {
        if (Jobs.TryGetValue(job, out AttemptObservation? seen))
        {
            Jobs[job] = seen with { IsDeleting = true };
            Remember();
        }
    }

    public void Remove(string job)
    {
        Jobs.Remove(job);
        Remember();
    }

    /// <summary>The spec changes, as by an apply.</summary>
    public void Change(WorkflowSpec spec) => Update(Workflow with { Spec = spec, Metadata = Workflow.Metadata with { Generation = Workflow.Metadata.Generation + 1 } });

    public void Annotate(string name, string? value)
    {
        Dictionary<string, string> annotations = new(Workflow.Metadata.Annotations ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        annotations.Remove(name);
        if (value is not null)
        {
            annotations.Add(name, value);
        }

        Update(Workflow with { Metadata = Workflow.Metadata with { Annotations = annotations } });
    }

    /// <summary>Deletion is asked for; somebody's finalizer keeps the object.</summary>
    public void Terminate(DateTimeOffset now) => Update(Workflow with { Metadata = Workflow.Metadata with { DeletionTimestamp = new Time(now) } });

    private void Update(Workflow next)
    {
        long version = long.Parse(Workflow.Metadata.ResourceVersion!, CultureInfo.InvariantCulture) + 1;
        Workflow = next with { Metadata = next.Metadata with { ResourceVersion = version.ToString(CultureInfo.InvariantCulture) } };
        Remember();
    }

    private void Remember()
    {
        _past.Add((Workflow, new Dictionary<string, AttemptObservation>(Jobs, StringComparer.Ordinal)));
        if (_past.Count > MostBehind + 1)
        {
            _past.RemoveAt(0);
        }
    }
}
