using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Api.Digests;

/// <summary>What counts as a change of a workflow: the digest of what a run executes.</summary>
public static class RunDigest
{
    private const string Prefix = "v1:sha256:";

    /// <summary><c>v1:sha256:</c> and 64 hex digits over the RFC 8785 text of the spec.</summary>
    public static string Of(RunSpec spec)
    {
        JsonElement json = JsonSerializer.SerializeToElement(spec, ApiJsonContext.Default.RunSpec);
        return Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Format(json))));
    }
}
