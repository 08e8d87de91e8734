using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Api.Digests;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Results;

/// <summary>Which outputs of a posted result are in status, and which are referred to.</summary>
internal static class OutputSpill
{
    /// <summary>Bytes of one output that status holds.</summary>
    public const int MaxInlineBytes = 1024;

    /// <param name="outputs">The outputs of one attempt.</param>
    /// <param name="configMap">Where they are kept.</param>
    /// <param name="room">Bytes that the run's status still has for them.</param>
    public static (IReadOnlyDictionary<string, JsonElement> Inline, IReadOnlyDictionary<string, OutputReference>? References) Of(IReadOnlyDictionary<string, JsonElement> outputs, string configMap, int room)
    {
        Dictionary<string, JsonElement> inline = new(StringComparer.Ordinal);
        Dictionary<string, OutputReference> references = new(StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in outputs.OrderBy(static output => output.Value.GetRawText().Length).ThenBy(static output => output.Key, StringComparer.Ordinal))
        {
            int bytes = Encoding.UTF8.GetByteCount(value.GetRawText());
            if (bytes <= MaxInlineBytes && name.Length + bytes <= room)
            {
                inline.Add(name, value);
                room -= name.Length + bytes;
            }
            else
            {
                references.Add(name, new OutputReference { ConfigMap = configMap, Sha256 = Digest(value), Bytes = bytes });
            }
        }

        return (inline, references.Count == 0 ? null : references);
    }

    public static string Digest(JsonElement value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Format(value))));
}
