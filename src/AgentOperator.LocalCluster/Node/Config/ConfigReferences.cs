using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Node.Config;

/// <summary>Names of the ConfigMaps and Secrets that something refers to.</summary>
internal sealed record ConfigReferences(IReadOnlySet<string> ConfigMaps, IReadOnlySet<string> Secrets)
{
    public static ConfigReferences Of(Container container) => Of(
        [.. (container.EnvFrom ?? []).Select(static source => source.ConfigMapRef?.Name), .. (container.Env ?? []).Select(static variable => variable.ValueFrom?.ConfigMapKeyRef?.Name)],
        [.. (container.EnvFrom ?? []).Select(static source => source.SecretRef?.Name), .. (container.Env ?? []).Select(static variable => variable.ValueFrom?.SecretKeyRef?.Name)]);

    public static ConfigReferences Of(IReadOnlyList<Volume> volumes)
    {
        VolumeProjection[] projections = [.. volumes.SelectMany(static volume => volume.Projected?.Sources ?? [])];
        return Of(
            [.. volumes.Select(static volume => volume.ConfigMap?.Name), .. projections.Select(static source => source.ConfigMap?.Name)],
            [.. volumes.Select(static volume => volume.Secret?.SecretName), .. projections.Select(static source => source.Secret?.Name)]);
    }

    private static ConfigReferences Of(IEnumerable<string?> configMaps, IEnumerable<string?> secrets) =>
        new(configMaps.OfType<string>().ToHashSet(StringComparer.Ordinal), secrets.OfType<string>().ToHashSet(StringComparer.Ordinal));
}
