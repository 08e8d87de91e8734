namespace AgentOperator.Api.Runtime;

/// <summary>Why a model does not answer.</summary>
public sealed record ModelProblem
{
    /// <summary>Provider and name: anthropic/claude-sonnet-4-5.</summary>
    public required string Model { get; init; }

    public required string Message { get; init; }
}
