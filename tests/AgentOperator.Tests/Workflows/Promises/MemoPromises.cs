using AgentOperator.Api.Workflows;
using AgentOperator.Tests.Workflows.Simulation;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Tests.Workflows.Promises;

/// <summary>What holds of results that an earlier success stands for.</summary>
internal static class MemoPromises
{
    /// <summary>Only a step that did the same work, with the same inputs, stands for another.</summary>
    public static void Life(SimulatedCluster cluster)
    {
        StepStatus[] steps = [.. cluster.Written.SelectMany(static write => RunParts.All(write.To))];
        HashSet<string?> done = [.. steps.Where(static step => step is { Memo: { Workflow: null }, Attempt: > 0 } && StepPhases.MeetsNeed(step.Phase)).Select(static step => step.Inputs)];
        Promise.All(steps.Where(static step => step.Memo?.Workflow is not null), step => step.Inputs is not null && done.Contains(step.Inputs), "a result that no step with these inputs has");
    }
}
