using System.Text;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Node.Config;

/// <summary>The bytes behind the keys.</summary>
internal static class ConfigValues
{
    public static IReadOnlyDictionary<string, byte[]> Of(ConfigMap source)
    {
        Dictionary<string, byte[]> values = Copy(source.BinaryData);
        foreach ((string key, string text) in source.Data ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            values[key] = Encoding.UTF8.GetBytes(text);
        }

        return values;
    }

    public static IReadOnlyDictionary<string, byte[]> Of(Secret source) => Copy(source.Data);

    private static Dictionary<string, byte[]> Copy(IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? data) =>
        data?.ToDictionary(static entry => entry.Key, static entry => entry.Value.ToArray(), StringComparer.Ordinal) ?? new Dictionary<string, byte[]>(StringComparer.Ordinal);
}
