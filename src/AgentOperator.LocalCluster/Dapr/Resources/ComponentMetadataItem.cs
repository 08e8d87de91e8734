using System.Text.Json;

namespace AgentOperator.Local.Dapr.Resources;

/// <summary>One setting of a Component: a value, or where it is.</summary>
internal sealed record ComponentMetadataItem
{
    public required string Name { get; init; }

    /// <summary>Text, number or boolean.</summary>
    public JsonElement? Value { get; init; }

    public SecretKeyRef? SecretKeyRef { get; init; }

    /// <summary>Variable of the sidecar's environment.</summary>
    public string? EnvRef { get; init; }
}
