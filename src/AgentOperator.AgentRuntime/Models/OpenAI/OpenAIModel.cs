using System.ClientModel;
using System.ClientModel.Primitives;
using AgentOperator.AgentRuntime.Models.Http;
using AgentOperator.Api.Agents;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace AgentOperator.AgentRuntime.Models.OpenAI;

/// <summary>OpenAI, and every server that speaks its chat completions, through OpenAI's package.</summary>
internal static class OpenAIModel
{
    public static readonly Uri DefaultBaseUrl = new("https://api.openai.com/v1");

    public static IChatClient Create(ModelEndpoint endpoint, HttpMessageHandler network, TimeProvider time)
    {
        OpenAIClientOptions options = new()
        {
            Endpoint = endpoint.BaseUrl ?? DefaultBaseUrl,
            Transport = new HttpClientPipelineTransport(ModelHttp.CreateClient(network, endpoint, time)),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            EnableDistributedTracing = false,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        };

        // The package wants a key; a server of one's own takes any.
        ChatClient client = new(endpoint.Name, new ApiKeyCredential(string.IsNullOrEmpty(endpoint.ApiKey) ? "none" : endpoint.ApiKey), options);
        return new OpenAIChatClient(client, endpoint.Name, endpoint.Provider == ModelProviders.OpenAI);
    }
}
