namespace AgentOperator.Api.Runtime;

/// <summary>A header of requests to a server of tools.</summary>
public sealed record RuntimeHeader
{
    public required string Name { get; init; }

    public string? Value { get; init; }

    /// <summary>Environment variable that holds the value.</summary>
    public string? Variable { get; init; }
}
