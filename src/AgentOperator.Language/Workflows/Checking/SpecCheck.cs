using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Checking;

/// <summary>What a schema cannot say about a spec. Runs before any Job starts.</summary>
internal static class SpecCheck
{
    /// <summary>A run's spec is kept in one object of its own when it is large, and etcd takes 1.5 MiB.</summary>
    public const int MaxSpecBytes = 1024 * 1024;

    // Each stage takes for granted what those before it have found in order.
    private static readonly Func<RunSpec, IEnumerable<SpecProblem>>[][] Stages =
    [
        [Size, DurationCheck.Problems, ParameterCheck.Problems, StepGraph.Problems],
        [LoopCheck.Problems, PodPartCheck.Problems],
        [ReferenceCheck.Problems],
        [TypeCheck.Problems],
    ];

    /// <summary>The first problem, or null.</summary>
    public static SpecProblem? Problem(RunSpec spec) => Problems(spec).FirstOrDefault();

    /// <summary>All problems that can be told apart: those of a later stage only when there are none before.</summary>
    public static IEnumerable<SpecProblem> Problems(RunSpec spec)
    {
        foreach (Func<RunSpec, IEnumerable<SpecProblem>>[] stage in Stages)
        {
            bool isFound = false;
            foreach (SpecProblem problem in stage.SelectMany(check => check(spec)))
            {
                isFound = true;
                yield return problem;
            }

            if (isFound)
            {
                yield break;
            }
        }
    }

    /// <summary>All steps, finally included, with their place in the spec.</summary>
    public static IEnumerable<(string Path, WorkflowStep Step)> Steps(RunSpec spec) =>
        spec.Steps.Select(static step => ($"spec.steps[{step.Name}]", step)).Concat((spec.Finally ?? []).Select(static step => ($"spec.finally[{step.Name}]", step)));

    private static IEnumerable<SpecProblem> Size(RunSpec spec)
    {
        int bytes = JsonSerializer.SerializeToUtf8Bytes(spec, ApiJsonContext.Default.RunSpec).Length;
        return bytes <= MaxSpecBytes
            ? []
            : [new SpecProblem("SpecTooLarge", $"the spec has {bytes} bytes as JSON, more than {MaxSpecBytes}: move long scripts into the image", "spec")];
    }
}
