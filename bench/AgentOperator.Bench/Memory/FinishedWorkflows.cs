using AgentOperator.Api.Workflows;
using AgentOperator.Bench.Workloads;
using AgentOperator.Kube;
using AgentOperator.Workflows;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Bench.Memory;

/// <summary>Workflows with the status that the operator would have left on them: its own decider has written it.</summary>
internal static class FinishedWorkflows
{
    private const int InFlight = 16;

    public static Task SeedAsync(KubeClient client, string ns, int count, int steps, CancellationToken cancellation) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellation },
        async (i, token) =>
        {
            Workflow created = await client.Resource<Workflow>(ns).CreateAsync(Chains.Of(ns, $"w{i}", steps), token);
            await client.Resource<WorkflowStatusWrite>(ns).ApplyStatusAsync(
                new WorkflowStatusWrite { Metadata = new() { Name = created.Metadata.Name, Namespace = ns }, Status = Finish(created) },
                new ApplyOptions(WorkflowReconciler.FieldManager),
                token);
        });

    private static WorkflowStatus Finish(Workflow workflow)
    {
        Dictionary<string, AttemptObservation> observed = [];
        for (int i = 0; i <= workflow.Spec.Steps.Count; i++)
        {
            WorkflowDecision decision = WorkflowDecider.Decide(workflow, new Observed { Attempts = observed }, TimeProvider.System.GetUtcNow());
            workflow = workflow with { Status = decision.Status };
            foreach (AttemptStart start in decision.Starts)
            {
                observed[start.Job] = new AttemptObservation { State = AttemptState.Complete };
            }
        }

        return workflow.Status is { Phase: WorkflowPhases.Succeeded } status ? status : throw new InvalidOperationException($"The decider has not come to an end: {workflow.Status?.Phase}.");
    }
}
