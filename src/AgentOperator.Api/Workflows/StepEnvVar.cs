using System.Text.Json;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>One environment variable of a step (v1 EnvVar).</summary>
[CelRule("!(has(self.value) && has(self.valueFrom))", "a variable has a value or a valueFrom, not both: remove one")]
public sealed record StepEnvVar
{
    /// <summary>Name of the variable. Names that begin with AGENTOPERATOR_ belong to the operator.</summary>
    [Bounds(1, 253)]
    [Pattern("^[-._a-zA-Z][-._a-zA-Z0-9]*$")]
    [CelRule("!self.startsWith('AGENTOPERATOR_')", "names that begin with AGENTOPERATOR_ are set by the operator: choose another")]
    public required string Name { get; init; }

    /// <summary>Value; <c>{{ }}</c> is replaced.</summary>
    [Bounds(0, 32768)]
    public string? Value { get; init; }

    /// <summary>Where the value comes from (v1 EnvVarSource): secretKeyRef, configMapKeyRef, fieldRef or resourceFieldRef.</summary>
    [AnyJson]
    [PodPart]
    public JsonElement? ValueFrom { get; init; }
}
