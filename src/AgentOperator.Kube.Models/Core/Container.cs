namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 Container, the fields that the product writes or reads.</summary>
public sealed record Container
{
    public required string Name { get; init; }

    public string? Image { get; init; }

    /// <summary><c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>.</summary>
    public string? ImagePullPolicy { get; init; }

    /// <summary>Takes the place of the image's entry point.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Takes the place of the image's command.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    public string? WorkingDir { get; init; }

    public IReadOnlyList<EnvVar>? Env { get; init; }

    public ResourceRequirements? Resources { get; init; }

    public SecurityContext? SecurityContext { get; init; }

    /// <summary>File whose content becomes the termination message, at most 4096 bytes.</summary>
    public string? TerminationMessagePath { get; init; }

    /// <summary><c>File</c> or <c>FallbackToLogsOnError</c>.</summary>
    public string? TerminationMessagePolicy { get; init; }
}
