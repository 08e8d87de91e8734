using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Checking;

/// <summary>What a schema cannot say about a spec. Runs before any Job starts.</summary>
internal static class SpecCheck
{
    /// <summary>A run's spec is kept in one object of its own when it is large, and etcd takes 1.5 MiB.</summary>
    public const int MaxSpecBytes = 1024 * 1024;

    /// <summary>The first problem, or null.</summary>
    public static SpecProblem? Problem(RunSpec spec) =>
        Size(spec) ?? DurationCheck.Problem(spec) ?? ParameterCheck.Problem(spec) ?? StepGraph.Problem(spec) ?? LoopCheck.Problem(spec) ?? PodPartCheck.Problem(spec) ?? ReferenceCheck.Problem(spec) ?? TypeCheck.Problem(spec);

    /// <summary>All steps, finally included, with their place in the spec.</summary>
    public static IEnumerable<(string Path, WorkflowStep Step)> Steps(RunSpec spec) =>
        spec.Steps.Select(static step => ($"spec.steps[{step.Name}]", step)).Concat((spec.Finally ?? []).Select(static step => ($"spec.finally[{step.Name}]", step)));

    private static SpecProblem? Size(RunSpec spec)
    {
        int bytes = JsonSerializer.SerializeToUtf8Bytes(spec, ApiJsonContext.Default.RunSpec).Length;
        return bytes <= MaxSpecBytes
            ? null
            : new SpecProblem("SpecTooLarge", $"the spec has {bytes} bytes as JSON, more than {MaxSpecBytes}: move long scripts into the image");
    }
}
