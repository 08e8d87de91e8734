using AgentOperator.Api.Schema;

namespace AgentOperator.Api.PromptTemplates;

/// <summary>One thing that the lint says.</summary>
public sealed record PromptFinding
{
    /// <summary>Error: the revision is not used. Warning: it is.</summary>
    [OneOf("Error", "Warning")]
    public required string Severity { get; init; }

    /// <summary>One word for programs: UnknownVariable.</summary>
    [Bounds(0, 63)]
    public required string Code { get; init; }

    /// <summary>Where, <c>template.messages[0]</c>.</summary>
    [Bounds(0, 253)]
    public string? Path { get; init; }

    /// <summary>What to do.</summary>
    [Bounds(0, 1024)]
    public required string Message { get; init; }
}
