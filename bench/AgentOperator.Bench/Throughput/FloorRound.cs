using System.Collections.Concurrent;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.Templates;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.Bench.Throughput;

/// <summary>The floor: status apply, Job create, wait for its end, status apply; no queue, no cache, no decision, but the same bytes on the wire.</summary>
internal static class FloorRound
{
    public static async Task<double> RunAsync(KubeClient client, string ns, CancellationToken cancellation)
    {
        KubeList<Workflow> workflows = await client.Resource<Workflow>(ns).ListAsync(new ListOptions(), cancellation);
        EndCounter counter = new(workflows.Items.Count);
        ConcurrentDictionary<string, TaskCompletionSource> waiting = new(StringComparer.Ordinal);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ObjectStore<StepJob> jobs = new();
        jobs.Subscribe((_, job) =>
        {
            if (job?.Status?.Conditions?.Any(static condition => condition is { Type: JobConditionTypes.Complete, Status: ConditionStatus.True }) == true && waiting.TryRemove(job.Metadata.Name!, out TaskCompletionSource? ended))
            {
                ended.SetResult();
            }
        });
        Reflector<StepJob> reflector = new(new ApiObjectSource<StepJob>(client.Resource<StepJob>(ns)), jobs, TimeProvider.System, new Random(), NullLogger<Reflector<StepJob>>.Instance);
        Task reflecting = reflector.RunAsync(stop.Token);
        await reflector.Synced;
        await Parallel.ForEachAsync(
            workflows.Items,
            new ParallelOptions { MaxDegreeOfParallelism = ThroughputBench.InFlight, CancellationToken = cancellation },
            async (workflow, token) =>
            {
                await OneAsync(client, workflow, waiting, token);
                counter.Count();
            });
        await stop.CancelAsync();
        await reflecting;
        return counter.PerSecond;
    }

    private static async Task OneAsync(KubeClient client, Workflow workflow, ConcurrentDictionary<string, TaskCompletionSource> waiting, CancellationToken cancellation)
    {
        WorkflowDecision start = WorkflowDecider.Decide(workflow, new Observed(), TimeProvider.System.GetUtcNow());
        WorkflowStatusWrite written = await WriteAsync(client, workflow, workflow.Metadata.ResourceVersion, start.Status, cancellation);
        AttemptStart attempt = start.Starts[0];
        TaskCompletionSource ended = waiting[attempt.Job] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await client.Resource<Job>(workflow.Metadata.Namespace).CreateAsync(StepJobBuilder.Build(workflow, start.Status, attempt, new StepMaterial { Scope = new RunScope(start.Status) }, new StepPodOptions()), cancellation);
        await ended.Task.WaitAsync(cancellation);
        WorkflowDecision end = WorkflowDecider.Decide(
            workflow with { Status = start.Status },
            new Observed { Attempts = new Dictionary<string, AttemptObservation> { [attempt.Job] = new AttemptObservation { State = AttemptState.Complete } } },
            TimeProvider.System.GetUtcNow());
        await WriteAsync(client, workflow, written.Metadata.ResourceVersion, end.Status, cancellation);
    }

    private static Task<WorkflowStatusWrite> WriteAsync(KubeClient client, Workflow workflow, string? version, WorkflowStatus status, CancellationToken cancellation) =>
        client.Resource<WorkflowStatusWrite>(workflow.Metadata.Namespace).ApplyStatusAsync(
            new WorkflowStatusWrite { Metadata = new ObjectMeta { Name = workflow.Metadata.Name, Namespace = workflow.Metadata.Namespace, ResourceVersion = version }, Status = status },
            new ApplyOptions(WorkflowReconciler.FieldManager),
            cancellation);
}
