using System.Security.Cryptography;
using System.Text;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Items.Keeping;

/// <summary>What is known of one ConfigMap with results: its keys, by digests of their values.</summary>
internal sealed class ResultPart
{
    /// <summary>Bytes from which on a part takes no more: each write stores the whole of it again.</summary>
    public const int MaxBytes = 128 * 1024;

    public const int MaxKeys = 500;

    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);

    public ResultPart(ConfigMap map)
    {
        ResourceVersion = map.Metadata.ResourceVersion!;
        IsSealed = map.Immutable == true;
        foreach ((string key, string text) in map.Data ?? new Dictionary<string, string>())
        {
            _digests[key] = DigestOf(text);
            Bytes += SizeOf(key, text);
        }
    }

    public string ResourceVersion { get; }

    /// <summary>Nothing is added to it any more, by nobody: the API server sees to it.</summary>
    public bool IsSealed { get; }

    public long Bytes { get; }

    public int Keys => _digests.Count;

    public static int SizeOf(string key, string text) => key.Length + Encoding.UTF8.GetByteCount(text);

    /// <summary>Null when the key is not in it, else whether it has this very text.</summary>
    public bool? Has(string key, string text) => _digests.TryGetValue(key, out string? digest) ? digest == DigestOf(text) : null;

    private static string DigestOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
