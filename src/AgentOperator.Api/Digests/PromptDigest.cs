using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Api.Runtime;

namespace AgentOperator.Api.Digests;

/// <summary>What counts as a change of a prompt: the digest of what a model would see.</summary>
public static class PromptDigest
{
    private const string Prefix = "sha256:";

    /// <summary><c>sha256:</c> and 64 hex digits over the RFC 8785 text of the content.</summary>
    public static string Of(PromptContent content) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Format(JsonSerializer.SerializeToElement(content, RuntimeJsonContext.Default.PromptContent)))));

    /// <summary>What a model would see of a spec; an empty list is as good as none.</summary>
    public static PromptContent ContentOf(PromptTemplateSpec spec) => new()
    {
        Messages = spec.Template.Messages,
        Inputs = Given(spec.Inputs),
        Examples = spec.Examples is { Count: > 0 } examples ? examples : null,
        Output = Given(spec.Output),
        Constraints = spec.Constraints is { Count: > 0 } constraints ? constraints : null,
    };

    private static JsonElement? Given(JsonElement? json) => json is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } ? json : null;
}
