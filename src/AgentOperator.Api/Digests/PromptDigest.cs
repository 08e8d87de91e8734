using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Runtime;

namespace AgentOperator.Api.Digests;

/// <summary>What counts as a change of a prompt: the digest of what a model would see.</summary>
public static class PromptDigest
{
    /// <summary><c>sha256:</c> and 64 hex digits over the RFC 8785 text of the content.</summary>
    public static string Of(PromptContent content) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Format(JsonSerializer.SerializeToElement(content, RuntimeJsonContext.Default.PromptContent)))));
}
