using System.Threading.Channels;
using AgentOperator.Api.Workflows;
using AgentOperator.Bench.Workloads;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Bench.Scale;

/// <summary>The floor of a graph: its Jobs in the order of its needs, and nothing else; no status is kept.</summary>
internal static class BareDag
{
    public static async Task RunAsync(KubeClient client, Workflow workflow, CancellationToken cancellation)
    {
        WorkflowStatus status = WorkflowDecider.Decide(workflow, new Observed(), TimeProvider.System.GetUtcNow()).Status;
        ILookup<string, WorkflowStep> behind = workflow.Spec.Steps
            .SelectMany(static step => (step.Needs ?? []).Select(need => (Need: need, Step: step)))
            .ToLookup(static pair => pair.Need, static pair => pair.Step, StringComparer.Ordinal);
        Dictionary<string, int> open = workflow.Spec.Steps.ToDictionary(static step => step.Name, static step => step.Needs?.Count ?? 0, StringComparer.Ordinal);
        Channel<string> ended = Channel.CreateUnbounded<string>();
        await using JobEnds ends = await JobEnds.StartAsync(client, workflow.Metadata.Namespace!, cancellation);
        List<Task> running = [.. workflow.Spec.Steps.Where(static step => step.Needs is null).Select(StartAsync)];
        for (int left = workflow.Spec.Steps.Count; left > 0; left--)
        {
            string name = await ended.Reader.ReadAsync(cancellation);
            running.AddRange(behind[name].Where(step => --open[step.Name] == 0).Select(StartAsync));
        }

        await Task.WhenAll(running);

        async Task StartAsync(WorkflowStep step)
        {
            try
            {
                AttemptStart start = new(step, 1, AttemptName.Of(workflow, status.Run!.Value, new AttemptId(step.Name, 1)));
                Task over = ends.Of(start.Job);
                Job job = BareRun.JobOf(workflow, status, start);

                // Without the owner, which does not exist: the garbage collector would take the Job.
                await client.Resource<Job>(workflow.Metadata.Namespace).CreateAsync(job with { Metadata = job.Metadata with { OwnerReferences = null } }, cancellation);
                await over.WaitAsync(cancellation);
                ended.Writer.TryWrite(step.Name);
            }
            catch (Exception error)
            {
                ended.Writer.TryComplete(error);
                throw;
            }
        }
    }
}
