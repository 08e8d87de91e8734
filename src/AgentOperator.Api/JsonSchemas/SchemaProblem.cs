namespace AgentOperator.Api.JsonSchemas;

/// <summary>Why a schema cannot be used.</summary>
public sealed record SchemaProblem
{
    /// <summary>JSON pointer (RFC 6901) into the schema; empty for its root.</summary>
    public required string Path { get; init; }

    /// <summary>What is wrong, and what to write in its place where that is known.</summary>
    public required string Message { get; init; }

    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
