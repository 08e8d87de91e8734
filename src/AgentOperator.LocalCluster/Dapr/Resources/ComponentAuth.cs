namespace AgentOperator.Local.Dapr.Resources;

/// <summary>Where a Component's secrets are.</summary>
internal sealed record ComponentAuth
{
    /// <summary>Name of a secret store Component, or <c>kubernetes</c>.</summary>
    public required string SecretStore { get; init; }
}
