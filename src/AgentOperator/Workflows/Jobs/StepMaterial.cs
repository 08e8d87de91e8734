using System.Text.Json;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Items;
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

    /// <summary>The item that the Job is about, where it is about one.</summary>
    public JsonElement? Item { get; init; }

    /// <summary>What the items of an Indexed Job are given, in the order of its indexes; null for other Jobs.</summary>
    public IReadOnlyList<ConfigMap>? ItemInputs { get; init; }

    /// <summary>Numbers of an Indexed Job; null for other Jobs.</summary>
    public IndexedShape? Shape { get; init; }
}
