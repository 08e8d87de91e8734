using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Workflows;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Jobs;
using AgentOperator.Workflows.Observing;
using AgentOperator.Workflows.RunSpecs;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Bench.Workloads;

/// <summary>The floor: a chain with the writes that the operator makes for it, the same bytes on the wire, and no queue, no cache, no second thought.</summary>
internal static class BareRun
{
    /// <summary>Status apply, Job create, wait for its end, and so on to the end of the workflow.</summary>
    public static async Task RunAsync(KubeClient client, Workflow workflow, JobEnds ends, CancellationToken cancellation)
    {
        Dictionary<string, AttemptObservation> seen = new(StringComparer.Ordinal);
        string? version = workflow.Metadata.ResourceVersion;
        while (true)
        {
            WorkflowDecision decision = WorkflowDecider.Decide(workflow, new Observed { Attempts = seen }, TimeProvider.System.GetUtcNow());
            version = (await WriteAsync(client, workflow, version, decision.Status, cancellation)).Metadata.ResourceVersion;
            workflow = workflow with { Status = decision.Status };
            if (decision.Starts is not [AttemptStart start, ..])
            {
                return;
            }

            Task ended = ends.Of(start.Job);
            await client.Resource<Job>(workflow.Metadata.Namespace).CreateAsync(JobOf(workflow, decision.Status, start), cancellation);
            await ended.WaitAsync(cancellation);
            seen[start.Job] = new AttemptObservation { State = AttemptState.Complete };
        }
    }

    public static Job JobOf(Workflow workflow, WorkflowStatus status, AttemptStart start) =>
        StepJobBuilder.Build(workflow, status, start, new StepMaterial { Scope = new RunScope(status) }, new StepPodOptions());

    private static Task<WorkflowStatusWrite> WriteAsync(KubeClient client, Workflow workflow, string? version, WorkflowStatus status, CancellationToken cancellation) =>
        client.Resource<WorkflowStatusWrite>(workflow.Metadata.Namespace).ApplyStatusAsync(
            new WorkflowStatusWrite { Metadata = new ObjectMeta { Name = workflow.Metadata.Name, Namespace = workflow.Metadata.Namespace, ResourceVersion = version }, Status = RunSpecStore.Strip(status) },
            new ApplyOptions(WorkflowReconciler.FieldManager),
            cancellation);
}
