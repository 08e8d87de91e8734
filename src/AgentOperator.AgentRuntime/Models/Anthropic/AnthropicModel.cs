using AgentOperator.AgentRuntime.Models.Http;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models.Anthropic;

/// <summary>Claude through Anthropic's own package and its own adapter to <see cref="IChatClient"/>.</summary>
internal static class AnthropicModel
{
    public static readonly Uri DefaultBaseUrl = new("https://api.anthropic.com");

    // Anthropic demands a number. This is what the smallest current models allow.
    private const int DefaultMaxTokens = 4096;

    public static IChatClient Create(ModelEndpoint endpoint, HttpMessageHandler network, TimeProvider time)
    {
        AnthropicClient client = new(new ClientOptions
        {
            HttpClient = ModelHttp.CreateClient(new ApiKeyHandler(network, endpoint.ApiKey), endpoint, time),
            BaseUrl = (endpoint.BaseUrl ?? DefaultBaseUrl).ToString().TrimEnd('/'),

            // Set even when there is none: otherwise the package looks into the environment and the home directory.
            ApiKey = endpoint.ApiKey ?? "none",
            AuthToken = null,

            // Its spans would carry prompts when an environment variable says so; ours are made by the runtime.
            OpenTelemetry = false,
            MaxRetries = 0,

            // Ours is the caller's token; the package refuses long answers unless it is told one.
            Timeout = TimeSpan.FromHours(12),
        });
        return new MergedToolResults(client.AsIChatClient(endpoint.Name, endpoint.MaxTokens ?? DefaultMaxTokens));
    }
}
