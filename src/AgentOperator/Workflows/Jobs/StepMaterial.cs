using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Templates;

namespace AgentOperator.Workflows.Jobs;

/// <summary>All that the Job of an attempt is made of and that status does not hold.</summary>
internal sealed record StepMaterial
{
    /// <summary>Values of the run, those outside of status included.</summary>
    public required IValueScope Scope { get; init; }

    /// <summary>The agent that the Job itself is to be; its secrets by the variables that it names.</summary>
    public RuntimeConfig? Agent { get; init; }

    /// <summary>Variables for the secrets of <see cref="Agent"/>.</summary>
    public IReadOnlyList<EnvVar> Secrets { get; init; } = [];
}
