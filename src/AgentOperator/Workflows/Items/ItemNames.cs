using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Items;

/// <summary>Names of what belongs to the items of one visit of a step: the same after every crash.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Run">Number of the run.</param>
/// <param name="Step">The step, whatever the attempt.</param>
internal sealed record ItemNames(Workflow Workflow, long Run, AttemptId Step)
{
    /// <summary>The ConfigMaps of results are named this, a hyphen, and a number from 0.</summary>
    public string Results => AttemptName.ResultsOf(Workflow, Run, Step);

    private string Uid => Workflow.Metadata.Uid!;

    /// <summary>A ConfigMap of what an attempt's items are given.</summary>
    public static string InputsPart(string job, int number) => $"{job}-items-{number}";

    /// <summary>A ConfigMap of results.</summary>
    public static string ResultsPart(string results, int number) => $"{results}-{number}";

    public static ItemNames Of(Workflow workflow, WorkflowStatus status, StepPart part, StepStatus step) =>
        new(workflow, status.Run!.Value, new AttemptId(step.Name, 0) { Part = part, Visit = step.Visit ?? 1 });

    /// <summary>Job of an item's attempt.</summary>
    public string Job(int place, int attempt) => AttemptName.Of(Workflow, Run, Step with { Item = place, Attempt = attempt });

    /// <summary>What tells one attempt of an item from every other.</summary>
    public string Key(int place, int attempt) => AttemptName.Key(Uid, Run, Step with { Item = place, Attempt = attempt });

    /// <summary>What tells one attempt of the whole step from every other.</summary>
    public string Key(int attempt) => AttemptName.Key(Uid, Run, Step with { Attempt = attempt });

    /// <summary>Key for effects outside the cluster: the same for every attempt of an item.</summary>
    public string IdempotencyKey(int place) => AttemptName.IdempotencyKey(Uid, Run, Step with { Item = place });
}
