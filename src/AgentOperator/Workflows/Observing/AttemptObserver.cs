using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Workflows.Observing;

/// <summary>Gathers what the caches show of a workflow's Jobs and pods; reads a pod live when its Job has ended and the cache of pods is behind.</summary>
internal sealed class AttemptObserver
{
    private const int SamplePods = 5;

    private static readonly AttemptObservation Gone = new() { State = AttemptState.Gone };

    private readonly ObjectStore<Workflow> _workflows;
    private readonly ObjectStore<StepJob> _jobs;
    private readonly ObjectStore<StepPod> _pods;
    private readonly KubeClient _client;
    private readonly ResultReader _results;
    private readonly AttemptMemory _memory = new();

    public AttemptObserver(ObjectStore<Workflow> workflows, ObjectStore<StepJob> jobs, ObjectStore<StepPod> pods, KubeClient client, ResultReader results)
    {
        _workflows = workflows;
        _jobs = jobs;
        _pods = pods;
        _client = client;
        _results = results;
        jobs.Subscribe((before, after) =>
        {
            StepJob job = (after ?? before)!;
            if (job.ControllerOwner() is not { } owner)
            {
                return;
            }

            Workflow? workflow = workflows.Find(new ObjectKey(job.Metadata.Namespace, owner.Name));
            bool isKnown = workflow?.Metadata.Uid == owner.Uid;
            if (isKnown ? IsOver(workflow!, job) : after is null)
            {
                _memory.Forget(owner.Uid, job.Metadata.Name!);
            }
            else
            {
                // At first sight, not when it goes: between its leaving the cache and a note of that, a decision would make it again.
                _memory.Remember(owner.Uid, job.Metadata.Name!, Gone);
            }
        });
        workflows.Subscribe((before, after) =>
        {
            if (after is null || WorkflowPhases.IsFinal(after.Status?.Phase))
            {
                _memory.Forget((after ?? before)!.Metadata.Uid!);
            }
        });
    }

    /// <summary>What is seen of each attempt, by name of its Job.</summary>
    public async Task<IReadOnlyDictionary<string, AttemptObservation>> ObserveAsync(Workflow workflow, CancellationToken cancellation)
    {
        // Before the caches are read: what they show says more.
        Dictionary<string, AttemptObservation> seen = _memory.Of(workflow.Metadata.Uid!);
        Dictionary<string, WorkflowStep> current = CurrentJobs(workflow);
        foreach (StepJob job in _jobs.Indexed(workflow.Metadata.Uid!).Values)
        {
            seen[job.Metadata.Name!] = await ObserveAsync(job, current, cancellation);
        }

        foreach (Workflow child in _workflows.Indexed(workflow.Metadata.Uid!).Values.Where(child => NestedReader.IsChildOf(child, workflow)))
        {
            seen[child.Metadata.Name!] = NestedReader.Read(child);
        }

        IEnumerable<string> begun = RunParts.All(workflow.Status).Where(static step => step is { Phase: StepPhases.Running, Job: not null }).Select(static step => step.Job!);
        foreach (string name in begun.Concat(ItemsOf(workflow).Where(static entry => entry.Item.WasSeen).Select(static entry => entry.Item.Job)))
        {
            if (!seen.ContainsKey(name))
            {
                seen[name] = await FindAsync(workflow, name, current, cancellation);
            }
        }

        return seen;
    }

    /// <summary>Remembers that the API server would not take a Job.</summary>
    public void Refused(Workflow workflow, string job, string message, bool isInvalid) =>
        _memory.Remember(workflow.Metadata.Uid!, job, new AttemptObservation { State = AttemptState.Refused, Message = message, IsInvalid = isInvalid });

    /// <summary>A run must not be written off because the cache of Jobs is behind that of Workflows, as after a takeover.</summary>
    private async Task<AttemptObservation> FindAsync(Workflow workflow, string name, Dictionary<string, WorkflowStep> current, CancellationToken cancellation)
    {
        if (current.GetValueOrDefault(name)?.Workflow is not null)
        {
            Workflow? child = await _client.Resource<Workflow>(workflow.Metadata.Namespace).FindAsync(name, cancellation);
            return NestedReader.IsChildOf(child, workflow) ? NestedReader.Read(child) : Gone;
        }

        StepJob? live = await _client.Resource<StepJob>(workflow.Metadata.Namespace).FindAsync(name, cancellation);
        return live?.IsOursOf(workflow.Metadata.Uid) == true ? await ObserveAsync(live!, current, cancellation) : Gone;
    }

    private async Task<AttemptObservation> ObserveAsync(StepJob job, Dictionary<string, WorkflowStep> current, CancellationToken cancellation)
    {
        AttemptObservation observation = JobReader.Read(job);
        if (!current.TryGetValue(job.Metadata.Name!, out WorkflowStep? step))
        {
            return observation;
        }

        if (step is { ForEach: not null, Container: null })
        {
            return await IndexedAsync(job, observation, cancellation);
        }

        observation = observation with { Pod = await PodOfAsync(job, observation.State, step.Outputs is { Count: > 0 }, cancellation) };
        return MayHavePosted(step, observation)
            ? observation with { Posted = await _results.FindAsync(job.Metadata.Namespace!, job.Metadata.Name!, job.Metadata.Uid!, cancellation) }
            : observation;
    }

    /// <summary>An Indexed Job's own numbers say nearly all; while no pod of it is ready, one is looked at.</summary>
    private async Task<AttemptObservation> IndexedAsync(StepJob job, AttemptObservation observation, CancellationToken cancellation)
    {
        IndexedObservation indexed = new() { Completed = RangesOf(job.Status?.CompletedIndexes), Failed = RangesOf(job.Status?.FailedIndexes) };
        observation = observation with { Indexed = indexed };
        if (observation.State != AttemptState.Active)
        {
            return observation;
        }

        if (job.Status?.Ready > 0 || !indexed.Completed.IsEmpty || !indexed.Failed.IsEmpty)
        {
            return observation with { Pod = new PodObservation { IsRunning = true, StartedAt = job.Status?.StartTime?.Value } };
        }

        return job.Status?.Active > 0 ? observation with { Pod = PodReader.Newest(await PodsAsync(job, SamplePods, cancellation)) } : observation;
    }

    private static IndexRanges RangesOf(string? text) => IndexRanges.TryParse(text, out IndexRanges? ranges) ? ranges : IndexRanges.Empty;

    /// <summary>A container that wrote to its termination log is not asked a second time; our runtime reports what it used even where it failed.</summary>
    private static bool MayHavePosted(WorkflowStep step, AttemptObservation seen) => seen.State switch
    {
        _ when step.ForEach is not null => false,
        AttemptState.Complete => (step.Container is null || step.Outputs is { Count: > 0 }) && string.IsNullOrEmpty(seen.Pod?.TerminationMessage),
        AttemptState.Failed => step.Container is null,
        _ => false,
    };

    /// <summary>Jobs of the attempts that are under way, and their steps.</summary>
    private static Dictionary<string, WorkflowStep> CurrentJobs(Workflow workflow)
    {
        Dictionary<string, WorkflowStep> jobs = new(StringComparer.Ordinal);
        if (workflow.Status is { RunSpec: not null } status)
        {
            foreach ((_, WorkflowStep spec, StepStatus step) in RunParts.WithSpecs(status))
            {
                if (step is { Job: { } name } && !StepPhases.IsFinal(step.Phase))
                {
                    jobs.Add(name, spec);
                }
            }

            foreach ((CurrentItem item, WorkflowStep spec) in ItemsOf(workflow))
            {
                jobs.Add(item.Job, spec);
            }
        }

        return jobs;
    }

    /// <summary>Attempts of items that have a Job each and are under way.</summary>
    private static IEnumerable<(CurrentItem Item, WorkflowStep Spec)> ItemsOf(Workflow workflow) => workflow.Status is not { RunSpec: not null } status
        ? []
        : RunParts.WithSpecs(status)
            .Where(static entry => entry.Status is { Items: not null, Job: null } && StepPhases.IsActive(entry.Status.Phase))
            .SelectMany(entry => ItemsDecider.Current(ItemNames.Of(workflow, status, entry.Part, entry.Status), entry.Status.Items!).Select(item => (item, entry.Spec)));

    /// <summary>Whether nobody will ask for the Job again. The cached Workflow may be older than the Job, so its phase alone says nothing.</summary>
    private static bool IsOver(Workflow workflow, StepJob job) => WorkflowPhases.IsFinal(workflow.Status?.Phase) && JobReader.RunOf(job) <= workflow.Status!.Run;

    private async Task<PodObservation?> PodOfAsync(StepJob job, AttemptState state, bool hasOutputs, CancellationToken cancellation)
    {
        PodObservation? cached = PodReader.Newest(_pods.Indexed(job.Metadata.Uid!).Values);
        bool wanted = state == AttemptState.Failed || (state == AttemptState.Complete && hasOutputs);
        if (!wanted || cached is { ExitCode: not null })
        {
            return cached;
        }

        return PodReader.Newest(await PodsAsync(job, null, cancellation)) ?? cached;
    }

    private async Task<IReadOnlyList<StepPod>> PodsAsync(StepJob job, int? limit, CancellationToken cancellation)
    {
        // Nobody else may make pods with our label, and only the Job controller makes the Job their owner: other labels can be in anybody's template.
        ListOptions ofJob = new() { LabelSelector = $"{Labels.Workflow},{JobLabels.ControllerUid}={job.Metadata.Uid}", Limit = limit };
        KubeList<StepPod> live = await _client.Resource<StepPod>(job.Metadata.Namespace).ListAsync(ofJob, cancellation);
        return [.. live.Items.Where(pod => pod.ControllerOwner()?.Uid == job.Metadata.Uid)];
    }
}
