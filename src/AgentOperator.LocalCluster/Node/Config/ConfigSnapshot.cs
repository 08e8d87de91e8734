using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Node.Config;

/// <summary>ConfigMaps and Secrets of a namespace as they are at one time.</summary>
internal sealed record ConfigSnapshot(IReadOnlyDictionary<string, ConfigMap> ConfigMaps, IReadOnlyDictionary<string, Secret> Secrets)
{
    public static ConfigSnapshot Empty { get; } = new(new Dictionary<string, ConfigMap>(StringComparer.Ordinal), new Dictionary<string, Secret>(StringComparer.Ordinal));

    /// <summary>The values of a ConfigMap; null when it is not there and need not be.</summary>
    /// <exception cref="ContainerConfigException">It is not there.</exception>
    public IReadOnlyDictionary<string, byte[]>? ConfigMap(string? name, bool? optional) => ConfigMaps.TryGetValue(name ?? "", out ConfigMap? found)
        ? ConfigValues.Of(found)
        : Missing("configmap", name, optional);

    /// <summary>The values of a Secret; null when it is not there and need not be.</summary>
    /// <exception cref="ContainerConfigException">It is not there.</exception>
    public IReadOnlyDictionary<string, byte[]>? Secret(string? name, bool? optional) => Secrets.TryGetValue(name ?? "", out Secret? found)
        ? ConfigValues.Of(found)
        : Missing("secret", name, optional);

    private static IReadOnlyDictionary<string, byte[]>? Missing(string kind, string? name, bool? optional) =>
        optional == true ? null : throw new ContainerConfigException($"{kind} \"{name}\" not found");
}
