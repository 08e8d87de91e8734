using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Checking;

/// <summary>What a schema cannot say about a spec. Runs before any Job starts.</summary>
internal static class SpecCheck
{
    /// <summary>Status holds the spec of the run; a larger one would crowd out the results.</summary>
    public const int MaxSpecBytes = 32 * 1024;

    /// <summary>The first problem, or null.</summary>
    public static SpecProblem? Problem(RunSpec spec) => Size(spec) ?? DurationCheck.Problem(spec) ?? ParameterCheck.Problem(spec) ?? StepGraph.Problem(spec) ?? ReferenceCheck.Problem(spec);

    private static SpecProblem? Size(RunSpec spec)
    {
        int bytes = JsonSerializer.SerializeToUtf8Bytes(spec, ApiJsonContext.Default.RunSpec).Length;
        return bytes <= MaxSpecBytes
            ? null
            : new SpecProblem("SpecTooLarge", $"the spec has {bytes} bytes as JSON, more than {MaxSpecBytes}: move long scripts into the image");
    }
}
