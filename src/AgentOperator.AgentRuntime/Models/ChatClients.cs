using AgentOperator.AgentRuntime.Models.Anthropic;
using AgentOperator.AgentRuntime.Models.Fallback;
using AgentOperator.AgentRuntime.Models.Http;
using AgentOperator.AgentRuntime.Models.OpenAI;
using AgentOperator.AgentRuntime.Models.Scripted;
using AgentOperator.Api.Agents;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models;

/// <summary>From an agent's models to the one client that its loop talks to.</summary>
internal static class ChatClients
{
    /// <summary>The models in their order of preference, with retries, circuit breakers and fallback. Disposing the client closes its connections.</summary>
    /// <exception cref="InvalidDataException">A provider that does not exist, or lacks what it needs.</exception>
    /// <exception cref="ScriptException">A script that cannot be used.</exception>
    public static IChatClient Create(IReadOnlyList<ModelEndpoint> models, TimeProvider time, FallbackOptions? options = null)
    {
        HttpMessageHandler network = ModelHttp.CreateHandler();
        return new FallbackChatClient([.. models.Select(model => CreateOne(model, network, time))], time, options ?? new FallbackOptions(), network);
    }

    /// <summary>One model, one try a call.</summary>
    public static EndpointChatClient CreateOne(ModelEndpoint model, HttpMessageHandler network, TimeProvider time)
    {
        model = model with { ApiKey = ReadKey(model) };
        (IChatClient client, Uri? server) = model.Provider switch
        {
            ModelProviders.Anthropic => (AnthropicModel.Create(model, network, time), model.BaseUrl ?? AnthropicModel.DefaultBaseUrl),
            ModelProviders.OpenAI => (OpenAIModel.Create(model, network, time), model.BaseUrl ?? OpenAIModel.DefaultBaseUrl),
            ModelProviders.OpenAICompatible when model.BaseUrl is not null => (OpenAIModel.Create(model, network, time), model.BaseUrl),
            ModelProviders.OpenAICompatible => throw new InvalidDataException($"Model {model.Name}: provider openaiCompatible needs a baseUrl, such as http://vllm:8000/v1."),
            ModelProviders.Scripted when model.Script is { } rules => (new ScriptedChatClient(Script.Parse(rules, $"the script of model {model.Name}"), model.Name, time), null),
            ModelProviders.Scripted when model.ScriptFile is { } file => ((IChatClient)new ScriptedChatClient(Script.Load(file), model.Name, time), null),
            ModelProviders.Scripted => throw new InvalidDataException($"Model {model.Name}: provider scripted needs rules."),
            _ => throw new InvalidDataException(
                $"Model {model.Name}: there is no provider \"{model.Provider}\": there are {ModelProviders.Anthropic}, {ModelProviders.OpenAI}, {ModelProviders.OpenAICompatible} and {ModelProviders.Scripted}."),
        };
        return new EndpointChatClient(client, model, server is null ? model.Provider : ProviderNames.Of(model.Provider, server), server);
    }

    /// <summary>Keys from files end with a line feed; one in the middle would be a header of its own.</summary>
    private static string? ReadKey(ModelEndpoint model)
    {
        string? key = model.ApiKey?.Trim();
        return key is null || key.All(static character => character is > ' ' and <= '~')
            ? key
            : throw new InvalidDataException($"Model {model.Name}: its apiKey holds a character that no HTTP header can carry.");
    }
}
