using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>A container that runs to its end. In command, args and env values, <c>{{ params.x }}</c> and <c>{{ steps.a.outputs.b }}</c> stand for values.</summary>
public sealed record ContainerStep
{
    /// <summary>Image reference; no <c>{{ }}</c> here.</summary>
    [Bounds(1, 1024)]
    [CelRule("!self.contains('{{')", "image takes no {{ }}: which code runs must not depend on a value; write the image out")]
    public required string Image { get; init; }

    /// <summary>Takes the place of the image's entry point.</summary>
    [AtomicList]
    [Bounds(0, 100)]
    [ItemBounds(0, 32768)]
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Arguments. Pass values here or in env, never inside a script's text.</summary>
    [AtomicList]
    [Bounds(0, 500)]
    [ItemBounds(0, 32768)]
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Environment variables.</summary>
    [ListMap("name")]
    [Bounds(0, 200)]
    public IReadOnlyList<StepEnvVar>? Env { get; init; }

    /// <summary>Directory to start in; the image's own if absent.</summary>
    [Bounds(1, 4096)]
    public string? WorkingDir { get; init; }

    /// <summary>Compute resources.</summary>
    public StepResources? Resources { get; init; }
}
