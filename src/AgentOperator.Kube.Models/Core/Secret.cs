using System.Text.Json.Serialization.Metadata;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 Secret.</summary>
public sealed record Secret : KubernetesObject<Secret>, IKubernetesObject<Secret>
{
    public static ResourceDefinition Resource { get; } = new("", "v1", "secrets", "Secret");

    public static JsonTypeInfo<Secret> JsonTypeInfo => KubeJsonContext.Default.Secret;

    public string? Type { get; init; }

    public bool? Immutable { get; init; }

    /// <summary>The bytes; base64 in JSON only.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Data { get; init; }

    /// <summary>Written only: the server moves it to <see cref="Data"/>.</summary>
    public IReadOnlyDictionary<string, string>? StringData { get; init; }
}
