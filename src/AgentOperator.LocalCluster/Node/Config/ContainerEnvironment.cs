using System.Text;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Node.Config;

/// <summary>The variables that a pod's spec gives a container; each sees those before it.</summary>
internal static class ContainerEnvironment
{
    public static Dictionary<string, string> Create(Pod pod, Container container, PodAddress address, ConfigSnapshot config, IReadOnlyDictionary<string, string> services)
    {
        Dictionary<string, string> own = new(services, StringComparer.Ordinal) { ["POD_IP"] = address.PodIP };
        foreach (EnvFromSource source in container.EnvFrom ?? [])
        {
            IReadOnlyDictionary<string, byte[]>? values = source.ConfigMapRef is { } map ? config.ConfigMap(map.Name, map.Optional) : config.Secret(source.SecretRef?.Name, source.SecretRef?.Optional);
            foreach ((string key, byte[] value) in values ?? new Dictionary<string, byte[]>(StringComparer.Ordinal))
            {
                own[source.Prefix + key] = Encoding.UTF8.GetString(value);
            }
        }

        foreach (EnvVar variable in container.Env ?? [])
        {
            if (Value(pod, container, variable, address, config, own) is { } value)
            {
                own[variable.Name] = value;
            }
        }

        return own;
    }

    private static string? Value(Pod pod, Container container, EnvVar variable, PodAddress address, ConfigSnapshot config, Dictionary<string, string> before) => variable.ValueFrom switch
    {
        null => VariableExpansion.Expand(variable.Value ?? "", before),
        { FieldRef: { } field } => PodFields.Value(pod, field.FieldPath, address),
        { ResourceFieldRef: { } resource } => ResourceFields.Value(pod, container, resource),
        { ConfigMapKeyRef: { } key } => Key("ConfigMap", pod, key.Name, key.Key, key.Optional, config.ConfigMap(key.Name, key.Optional)),
        { SecretKeyRef: { } key } => Key("Secret", pod, key.Name, key.Key, key.Optional, config.Secret(key.Name, key.Optional)),
        _ => throw new ContainerConfigException($"env {variable.Name}: this source of a value is not supported"),
    };

    private static string? Key(string kind, Pod pod, string? name, string key, bool? optional, IReadOnlyDictionary<string, byte[]>? values)
    {
        if (values is not null && values.TryGetValue(key, out byte[]? value))
        {
            return Encoding.UTF8.GetString(value);
        }

        return optional == true ? null : throw new ContainerConfigException($"couldn't find key {key} in {kind} {pod.Metadata.Namespace}/{name}");
    }
}
