using System.Text.Json;
using System.Text.Json.Serialization;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Checking;

/// <summary>Parts of a pod as users write them, read as Kubernetes' own records. A field that no record has is refused: it would be lost without a word.</summary>
internal static class PodPart
{
    private static readonly JsonSerializerOptions Strict = new(KubeJsonContext.Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <exception cref="JsonException">It is none; the path says where.</exception>
    public static T? Read<T>(JsonElement? json)
        where T : class =>
        json is { ValueKind: not JsonValueKind.Null } value ? (T?)value.Deserialize(Strict.GetTypeInfo(typeof(T))) : null;

    /// <exception cref="JsonException">One is none; the path says where.</exception>
    public static IReadOnlyList<T>? ReadAll<T>(IReadOnlyList<JsonElement>? json)
        where T : class =>
        json is null ? null : [.. json.Select(static item => Read<T>(item) ?? throw new JsonException("null", "$", null, null))];
}
