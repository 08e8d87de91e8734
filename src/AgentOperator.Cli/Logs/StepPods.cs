using System.Globalization;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Runs;
using AgentOperator.Kube;

namespace AgentOperator.Cli.Logs;

/// <summary>The pods of one run of one Workflow.</summary>
/// <param name="Workflow">Its name, which its pods carry.</param>
/// <param name="Run">Number of the run.</param>
/// <param name="Path">Steps that lead to it from the Workflow that was asked for, each with a slash; empty for that one itself.</param>
/// <param name="Step">The step; null for all.</param>
internal readonly record struct StepPods(string Workflow, long Run, string Path, string? Step)
{
    public ListOptions Filter => new()
    {
        LabelSelector = string.Create(CultureInfo.InvariantCulture, $"{Labels.Workflow}={Workflow},{Labels.Run}={Run}{(Step is null ? "" : $",{Labels.Step}={Step}")}"),
    };

    /// <summary>Those of the Workflow and of all that its run has started as steps.</summary>
    public static IEnumerable<StepPods> Of(WorkflowFamily family, LogRequest request) => Of(family.Root, family, request, "", 0);

    private static IEnumerable<StepPods> Of(Workflow workflow, WorkflowFamily family, LogRequest request, string path, int depth)
    {
        bool isRoot = depth == 0;
        long? run = isRoot && request.Run is { } asked ? asked : workflow.Status?.Run;
        if (run is not { } number || depth > 20)
        {
            yield break;
        }

        string? step = isRoot ? request.Step : null;
        yield return new StepPods(workflow.Metadata.Name!, number, path, step);

        // What an earlier run started is not in status any more.
        if (number != workflow.Status?.Run)
        {
            yield break;
        }

        foreach (RunStep nested in RunSteps.All(workflow).Where(candidate => candidate.Step?.Workflow is not null && (step is null || candidate.Name == step)))
        {
            if (nested.Status?.Job is { } name && family.Known.TryGetValue(name, out Workflow? child))
            {
                foreach (StepPods pods in Of(child, family, request, $"{path}{nested.Name}/", depth + 1))
                {
                    yield return pods;
                }
            }
        }
    }
}
