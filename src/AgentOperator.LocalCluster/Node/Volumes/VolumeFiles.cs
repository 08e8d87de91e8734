using System.Text;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Node.Config;

namespace AgentOperator.Local.Node.Volumes;

/// <summary>The files that configuration and the pod's own fields make.</summary>
internal static class VolumeFiles
{
    public static IEnumerable<VolumeFile> Of(IReadOnlyDictionary<string, byte[]>? values, IReadOnlyList<KeyToPath>? items, int? mode, bool? optional)
    {
        if (values is null)
        {
            yield break;
        }

        if (items is not { Count: > 0 })
        {
            foreach ((string key, byte[] content) in values)
            {
                yield return new VolumeFile(key, content, VolumeFile.ModeOf(null, mode));
            }

            yield break;
        }

        foreach (KeyToPath item in items)
        {
            if (values.TryGetValue(item.Key, out byte[]? content))
            {
                yield return new VolumeFile(item.Path, content, VolumeFile.ModeOf(item.Mode, mode));
            }
            else if (optional != true)
            {
                throw new ContainerConfigException($"references non-existent config key: {item.Key}");
            }
        }
    }

    public static IEnumerable<VolumeFile> Of(Pod pod, PodAddress address, IReadOnlyList<DownwardApiVolumeFile>? items, int? mode)
    {
        foreach (DownwardApiVolumeFile item in items ?? [])
        {
            string text = item.FieldRef is { } field ? Field(pod, field.FieldPath, address) : ResourceFields.Value(pod, pod.Spec!.Containers[0], item.ResourceFieldRef!);
            yield return new VolumeFile(item.Path, Encoding.UTF8.GetBytes(text), VolumeFile.ModeOf(item.Mode, mode));
        }
    }

    private static string Field(Pod pod, string path, PodAddress address) => path switch
    {
        "metadata.labels" => Lines(pod.Metadata.Labels),
        "metadata.annotations" => Lines(pod.Metadata.Annotations),
        _ => PodFields.Value(pod, path, address),
    };

    /// <summary>As the kubelet writes them: sorted, values quoted as in Go.</summary>
    private static string Lines(IReadOnlyDictionary<string, string>? values) =>
        string.Join('\n', (values ?? new Dictionary<string, string>(StringComparer.Ordinal)).OrderBy(static entry => entry.Key, StringComparer.Ordinal)
            .Select(static entry => $"{entry.Key}=\"{entry.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\""));
}
