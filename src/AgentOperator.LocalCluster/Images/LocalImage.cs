using System.Text.Json.Serialization;

namespace AgentOperator.Local.Images;

/// <summary>What stands for an image on this machine. Getters supply the defaults: generated readers overwrite initializers with null.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record LocalImage
{
    public IReadOnlyList<string> Entrypoint { get => field ?? []; init; }

    public IReadOnlyList<string> Cmd { get => field ?? []; init; }

    public IReadOnlyDictionary<string, string> Env { get => field ?? new Dictionary<string, string>(StringComparer.Ordinal); init; }

    public string? WorkingDir { get; init; }

    public IReadOnlyList<ImageMount> Mounts { get => field ?? []; init; }
}
