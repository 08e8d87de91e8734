using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Api.Digests;

namespace AgentOperator.Workflows.Memos;

/// <summary>What memoized results are found by.</summary>
internal static class MemoDigest
{
    private const int Length = 40;

    /// <param name="inputs">Digest of what the step does and what it does it with.</param>
    /// <param name="key">The rendered <c>memoize.key</c>; JSON null where there is none.</param>
    public static string Of(string inputs, JsonElement key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{inputs}\n{CanonicalJson.Format(key)}")))[..Length];
}
