using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Approvals;
using AgentOperator.Api.Digests;

namespace AgentOperator.Approvals.Deciding;

/// <summary>The digest that an Approval names: it binds the decision to what was shown.</summary>
internal static class GateDigest
{
    /// <summary><c>sha256:</c> and 64 hex digits over the RFC 8785 text of the subject.</summary>
    public static string Of(GateSubject subject) => Hash(JsonSerializer.SerializeToElement(subject, GateJsonContext.Default.GateSubject));

    /// <summary>True for gates of which one would read the same.</summary>
    public static bool AreEqual(GateStatus one, GateStatus other) =>
        JsonSerializer.SerializeToUtf8Bytes(one, ApiJsonContext.Default.GateStatus).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, ApiJsonContext.Default.GateStatus));

    /// <summary>The same of any value.</summary>
    public static string Hash(JsonElement value) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Format(value))))}";
}
