namespace AgentOperator.Api.Agents;

/// <summary>A value that is in a Secret.</summary>
public sealed record SecretValue
{
    /// <summary>The key of the Secret, in the same namespace.</summary>
    public required ObjectKeySelector SecretKeyRef { get; init; }
}
