using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Jobs;

/// <summary>All that the Job of an attempt is made of and that status does not hold.</summary>
internal sealed record StepMaterial
{
    /// <summary>Values of the run, those outside of status included.</summary>
    public required IValueScope Scope { get; init; }

    /// <summary>The agent that the Job itself is to be; its secrets by the variables that it names.</summary>
    public RuntimeConfig? Agent { get; init; }

    /// <summary>Secrets of <see cref="Agent"/>, by name of the variable.</summary>
    public IReadOnlyDictionary<string, ObjectKeySelector> Secrets { get; init; } = new Dictionary<string, ObjectKeySelector>();
}
