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
        IEnumerable<StepStatus> takenOver = cluster.Written.SelectMany(static write => RunParts.All(write.To)).Where(static step => step.Memo?.Workflow is not null);
        Promise.All(takenOver, step => step.Inputs is not null && cluster.Results.Done.Contains(step.Inputs), "a result that no step with these inputs has");
    }
}
