using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Tests.Workflows.Simulation;

internal static class StatusText
{
    public static string Of(WorkflowStatus status) => JsonSerializer.Serialize(status, ApiJsonContext.Default.WorkflowStatus);

    public static bool Same(WorkflowStatus left, WorkflowStatus right) =>
        ReferenceEquals(left, right) || (ReferenceEquals(left.RunSpec, right.RunSpec) ? Of(left with { RunSpec = null }) == Of(right with { RunSpec = null }) : Of(left) == Of(right));
}
