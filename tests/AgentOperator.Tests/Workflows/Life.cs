using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Locking;
using AgentOperator.Workflows.Memos;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Permits;
using AgentOperator.Workflows.Results;
using AgentOperator.Workflows.Targets;
using AgentOperator.Workflows.Telling;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Tests.Workflows;

/// <summary>A Workflow whose decisions are all carried out at once: the setting of tests on one rule.</summary>
internal sealed class Life
{
    private readonly Dictionary<string, AttemptObservation> _jobs = new(StringComparer.Ordinal);

    public Life(params WorkflowStep[] steps)
        : this(new WorkflowSpec { Steps = steps })
    {
    }

    public Life(WorkflowSpec spec) => Workflow = new Workflow
    {
        Metadata = new ObjectMeta { Name = "w", Namespace = "n", Uid = "0d6f", Generation = 1, ResourceVersion = "1" },
        Spec = spec,
    };

    public Workflow Workflow { get; private set; }

    public DateTimeOffset Now { get; set; } = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public WorkflowDecision Decision { get; private set; } = null!;

    /// <summary>Events of the last decision.</summary>
    public IReadOnlyList<string> News { get; private set; } = [];

    public WorkflowStatus Status => Workflow.Status!;

    public bool IsHeld { get; set; }

    public bool IsNamespaceTerminating { get; set; }

    /// <summary>Agents and prompts of the namespace.</summary>
    public ISurroundings Surroundings { get; set; } = NoSurroundings.Instance;

    /// <summary>Outputs kept outside of status, by their digest.</summary>
    public Dictionary<string, JsonElement> Loaded { get; } = new(StringComparer.Ordinal);

    /// <summary>Digests of what cannot be read any more.</summary>
    public HashSet<string> Lost { get; } = new(StringComparer.Ordinal);

    /// <summary>Earlier successes.</summary>
    public IMemos Memos { get; set; } = NoMemos.Instance;

    public ILocks Locks { get; set; } = NoLocks.Instance;

    public IPermits Permits { get; set; } = NoPermits.Instance;

    /// <summary>What Jobs are made of beside the status.</summary>
    public StepMaterial? Material { get; set; }

    /// <summary>Jobs that are there, by name.</summary>
    public IReadOnlyCollection<string> Jobs => _jobs.Keys;

    public StepStatus this[string step] => Status.Steps!.Concat(Status.Finally ?? []).Single(candidate => candidate.Name == step);

    public static WorkflowStep Step(string name, params string[] needs) => new() { Name = name, Needs = needs, Container = new ContainerStep { Image = "busybox:1" } };

    /// <summary>Decides and carries out: every start becomes an active Job.</summary>
    public Life Turn()
    {
        Decision = WorkflowDecider.Decide(Workflow, new Observed { Attempts = _jobs, IsHeld = IsHeld, IsNamespaceTerminating = IsNamespaceTerminating, Surroundings = Surroundings, Loaded = Loaded, Locks = Locks, Permits = Permits, Memos = Memos, Lost = Lost }, Now);
        News = Workflow.Status == Decision.Status ? [] : [.. RunNewsReader.Between(Workflow.Status, Decision.Status).Select(static news => $"{(news.IsWarning ? "Warning" : "Normal")} {news.Reason}: {news.Note}")];
        if (Decision.Missing.Count > 0)
        {
            return this;
        }

        Workflow = Workflow with { Status = Decision.Status };
        foreach (AttemptStart start in Decision.Starts)
        {
            _jobs.Add(start.Job, new AttemptObservation { State = AttemptState.Active, JobUid = start.Job, Run = Status.Run });
        }

        foreach (AttemptStop stop in Decision.Stops)
        {
            _jobs.Remove(stop.Job);
        }

        return this;
    }

    /// <summary>The Job of the one attempt that the last decision starts.</summary>
    public Job BuildJob(StepPodOptions? options = null)
    {
        AttemptStart start = Decision.Starts.Single();
        return StepJobBuilder.Build(Workflow, Status, start, Material ?? new StepMaterial { Scope = new RunScope(Status) { Visit = start.Visit } }, options ?? new StepPodOptions());
    }

    public Life See(string step, AttemptObservation seen)
    {
        _jobs[this[step].Job!] = seen with { JobUid = this[step].Job, Run = Status.Run };
        return Turn();
    }

    /// <summary>What is seen of one Job; null: nothing any more.</summary>
    public Life SeeJob(string job, AttemptObservation? seen)
    {
        _jobs.Remove(job);
        if (seen is not null)
        {
            _jobs.Add(job, seen with { JobUid = job, Run = Status.Run });
        }

        return Turn();
    }

    public Life Succeed(string step, string? message = null) =>
        See(step, new AttemptObservation { State = AttemptState.Complete, Pod = new PodObservation { ExitCode = 0, TerminationMessage = message } });

    /// <summary>The step succeeds, and its result came through the channel.</summary>
    public Life Post(string step, string result) =>
        See(step, new AttemptObservation { State = AttemptState.Complete, Posted = new PostedResult(PostedResult.NameOf(this[step].Job!), result) });

    public Life Fail(string step, int exitCode = 1, string? message = null) =>
        See(step, new AttemptObservation { State = AttemptState.Failed, Reason = "BackoffLimitExceeded", Pod = new PodObservation { ExitCode = exitCode, TerminationReason = "Error", TerminationMessage = message } });

    public Life Delete(string step)
    {
        _jobs.Remove(this[step].Job!);
        return Turn();
    }

    public Life Change(WorkflowSpec spec)
    {
        Workflow = Workflow with { Spec = spec, Metadata = Workflow.Metadata with { Generation = Workflow.Metadata.Generation + 1 } };
        return Turn();
    }

    public Life Annotate(string name, string? value)
    {
        Dictionary<string, string> annotations = new(Workflow.Metadata.Annotations ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        annotations.Remove(name);
        if (value is not null)
        {
            annotations.Add(name, value);
        }

        Workflow = Workflow with { Metadata = Workflow.Metadata with { Annotations = annotations } };
        return Turn();
    }

    /// <summary>The Workflow is a step of another one, which holds locks.</summary>
    public Life Within(string holder)
    {
        Workflow = Workflow with { Metadata = Workflow.Metadata with { Labels = new Dictionary<string, string> { [LocksAbove.LabelOf(holder)] = "true" } } };
        return Annotate(Labels.Within, holder);
    }

    public Life Cancel(string request) => Annotate(RequestAnnotations.Cancel, request);

    public Life Rerun(string request) => Annotate(RequestAnnotations.Rerun, request);

    public Life SucceedUndo(string step) => SeeUndo(step, AttemptState.Complete);

    /// <summary>What undoes a step has come to its end.</summary>
    public Life SeeUndo(string step, AttemptState state)
    {
        string job = Status.Compensations!.Single(undone => undone.Name == step).Job!;
        _jobs[job] = new AttemptObservation { State = state, Reason = "BackoffLimitExceeded", Pod = new PodObservation { ExitCode = state == AttemptState.Failed ? 1 : 0 }, JobUid = job, Run = Status.Run };
        return Turn();
    }

    /// <summary>Deletion is asked for; somebody's finalizer keeps the object.</summary>
    public Life Terminate()
    {
        Workflow = Workflow with { Metadata = Workflow.Metadata with { DeletionTimestamp = new Time(Now) } };
        return Turn();
    }

    /// <summary>Stops take their time: the Job is still ending.</summary>
    public Life Linger(string step)
    {
        _jobs[this[step].Job!] = new AttemptObservation { State = AttemptState.Active, IsDeleting = true, JobUid = this[step].Job, Run = Status.Run };
        return Turn();
    }

    public Life After(TimeSpan time)
    {
        Now += time;
        return Turn();
    }
}
