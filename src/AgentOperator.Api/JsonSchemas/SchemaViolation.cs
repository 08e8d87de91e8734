namespace AgentOperator.Api.JsonSchemas;

/// <summary>Where a value breaks a schema. The message quotes at most 60 characters of the value: show it to whoever sent the value, and do not log it.</summary>
public sealed record SchemaViolation
{
    /// <summary>JSON pointer (RFC 6901) into the value; empty for its root.</summary>
    public required string InstancePath { get; init; }

    /// <summary>What must hold, and what was there: <c>must be one of "low", "high"; was "bad"</c>.</summary>
    public required string Message { get; init; }

    public override string ToString() => InstancePath.Length == 0 ? Message : $"{InstancePath}: {Message}";
}
