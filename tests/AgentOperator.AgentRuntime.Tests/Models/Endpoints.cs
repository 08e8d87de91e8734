using AgentOperator.AgentRuntime.Models;
using AgentOperator.AgentRuntime.Models.Http;
using AgentOperator.Api.Agents;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Tests.Models;

/// <summary>Clients for a <see cref="ModelServer"/>.</summary>
internal static class Endpoints
{
    public const string Key = "sk-test-0123456789abcdefghijklmnop";

    public static readonly AIFunctionDeclaration Weather = AIFunctionFactory.CreateDeclaration(
        "get_weather",
        "The weather at a place",
        System.Text.Json.JsonElement.Parse("""{"type":"object","properties":{"location":{"type":"string"}},"required":["location"]}"""));

    public static ModelEndpoint Of(string provider, ModelServer server) => new()
    {
        Provider = provider,
        Name = provider == ModelProviders.Anthropic ? "claude-sonnet-4-5" : "gpt-4.1",
        BaseUrl = provider == ModelProviders.Anthropic ? server.Address : server.V1,
        ApiKey = Key,
        Timeout = TimeSpan.FromMinutes(1),
    };

    /// <summary>One model, without retries and fallback.</summary>
    public static EndpointChatClient One(ModelEndpoint endpoint) => ChatClients.CreateOne(endpoint, ModelHttp.CreateHandler(), TimeProvider.System);

    public static EndpointChatClient One(string provider, ModelServer server) => One(Of(provider, server));

    public static async Task<List<ChatResponseUpdate>> StreamAsync(this IChatClient client, string text = "Hello")
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(text, cancellationToken: TestContext.Current.CancellationToken))
        {
            updates.Add(update);
        }

        return updates;
    }

    public static Task<ChatResponse> AskAsync(this IChatClient client, string text = "Hello", ChatOptions? options = null) =>
        client.GetResponseAsync(text, options, TestContext.Current.CancellationToken);
}
