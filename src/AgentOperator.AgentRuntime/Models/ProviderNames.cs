using AgentOperator.Api.Agents;

namespace AgentOperator.AgentRuntime.Models;

/// <summary><c>gen_ai.provider.name</c> as OpenTelemetry's GenAI conventions spell it.</summary>
internal static class ProviderNames
{
    private static readonly (string Suffix, string Name)[] Hosts =
    [
        ("api.openai.com", "openai"),
        (".openai.azure.com", "azure.ai.openai"),
        (".services.ai.azure.com", "azure.ai.inference"),
        ("generativelanguage.googleapis.com", "gcp.gemini"),
        ("aiplatform.googleapis.com", "gcp.vertex_ai"),
        ("api.deepseek.com", "deepseek"),
        ("api.groq.com", "groq"),
        ("api.mistral.ai", "mistral_ai"),
        ("api.perplexity.ai", "perplexity"),
        ("api.x.ai", "x_ai"),
    ];

    public static string Of(string provider, Uri baseUrl) =>
        provider == ModelProviders.OpenAICompatible
            ? Hosts.FirstOrDefault(host => baseUrl.Host.EndsWith(host.Suffix, StringComparison.OrdinalIgnoreCase)).Name ?? "openai_compatible"
            : provider;
}
