namespace AgentOperator.Local.Dapr.Resources;

/// <summary>A value in a secret store.</summary>
internal sealed record SecretKeyRef
{
    public required string Name { get; init; }

    /// <summary>The secret's name when absent.</summary>
    public string? Key { get; init; }
}
