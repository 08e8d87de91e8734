using System.Text.Json;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>Asks an Agent of the namespace for one of its skills.</summary>
[CelRule("has(self.name) != has(self.requires)", "an agent step has the name of an Agent, or requires capabilities that choose one: set one of them")]
public sealed record AgentStep
{
    /// <summary>Name of the Agent; no <c>{{ }}</c> here.</summary>
    [Bounds(1, 253)]
    public string? Name { get; init; }

    /// <summary>Capabilities that the Agent must have, all of them: of several Agents the readiest is taken, then the first by name.</summary>
    [AtomicList]
    [Bounds(1, 10)]
    [ItemBounds(1, 63)]
    public IReadOnlyList<string>? Requires { get; init; }

    /// <summary>Name of the skill; may be left out when the Agent has one.</summary>
    [Bounds(1, 63)]
    public string? Skill { get; init; }

    /// <summary>Input of the skill, an object. A text that is one whole <c>{{ }}</c> keeps the value's type.</summary>
    [AnyJson]
    public JsonElement? Input { get; init; }

    /// <summary>Deployed: its pods are asked. InJob: the step's Job is the agent. Auto, if absent: Deployed unless the Agent has replicas: 0. Decided once for the run, and kept in status.</summary>
    [OneOf(AgentStepModes.Auto, AgentStepModes.Deployed, AgentStepModes.InJob)]
    public string? Mode { get; init; }

    /// <summary>Conversation that the call belongs to, when the Agent has a memory; one of the run's own if absent. <c>{{ }}</c> is replaced.</summary>
    [Bounds(1, 1024)]
    public string? ContextId { get; init; }
}
