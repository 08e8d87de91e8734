using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;

namespace AgentOperator.Cli.Runs;

/// <summary>A Workflow with the Workflows that its run and theirs have started as steps, by name.</summary>
internal sealed record WorkflowFamily(Workflow Root, IReadOnlyDictionary<string, Workflow> Known)
{
    /// <summary>True once the newest spec has been run to its end, or cannot be run.</summary>
    public bool IsEnded => RunState.IsEnded(Root);

    /// <summary>Names of the Workflows that a Workflow's run has started as steps.</summary>
    public static IEnumerable<string> ChildrenOf(Workflow workflow) =>
        RunSteps.All(workflow).Where(static step => step.Step?.Workflow is not null && step.Status?.Job is not null).Select(static step => step.Status!.Job!);

    /// <summary>Reads a Workflow and all below it.</summary>
    public static async Task<WorkflowFamily> ReadAsync(Cluster cluster, Workflow root, CancellationToken cancellation)
    {
        RunSpecReader specs = new(cluster);
        root = await specs.FillAsync(root, cancellation);
        Dictionary<string, Workflow> known = new(StringComparer.Ordinal) { [root.Metadata.Name!] = root };
        Queue<Workflow> open = new([root]);
        while (open.TryDequeue(out Workflow? workflow))
        {
            foreach (string child in ChildrenOf(workflow).Where(name => !known.ContainsKey(name)))
            {
                if (await cluster.Workflows.FindAsync(child, cancellation) is { } found)
                {
                    known[child] = await specs.FillAsync(found, cancellation);
                    open.Enqueue(known[child]);
                }
            }
        }

        return new WorkflowFamily(root, known);
    }
}
