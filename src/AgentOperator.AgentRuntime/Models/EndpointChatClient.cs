using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentOperator.AgentRuntime.Models.Http;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models;

/// <summary>One model behind the same rules, whatever adapter speaks to it: the endpoint's defaults, errors as <see cref="ModelException"/>, streams that end with a
/// finish reason, and who answered.</summary>
internal sealed class EndpointChatClient(IChatClient inner, ModelEndpoint endpoint, string providerName, Uri? server) : DelegatingChatClient(inner)
{
    public ModelEndpoint Endpoint => endpoint;

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            ChatResponse response = await base.GetResponseAsync(messages, Options(options), cancellationToken);
            response.AdditionalProperties = Properties(response.AdditionalProperties);
            return response;
        }
        catch (Exception error) when (!IsOurs(error, cancellationToken))
        {
            throw Translate(error, null);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using IAsyncEnumerator<ChatResponseUpdate> updates = base.GetStreamingResponseAsync(messages, Options(options), cancellationToken).GetAsyncEnumerator(cancellationToken);
        bool finished = false;
        UsageDetails? usage = null;
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync())
                {
                    break;
                }
            }
            catch (Exception error) when (!IsOurs(error, cancellationToken))
            {
                throw Translate(error, usage);
            }

            ChatResponseUpdate update = updates.Current;
            finished |= update.FinishReason is not null;
            usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usage;
            update.AdditionalProperties = Properties(update.AdditionalProperties);
            yield return update;
        }

        if (!finished)
        {
            throw new ModelException(ModelErrorKind.CutStream, "the stream ended without a finish reason") { Usage = usage };
        }

        // What belongs to the answer as a whole, and not to one of its messages, is on an update without a message.
        yield return new ChatResponseUpdate { AdditionalProperties = Properties(null) };
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(providerName, server, endpoint.Name) : base.GetService(serviceType, serviceKey);

    private static bool IsOurs(Exception error, CancellationToken cancellation) =>
        error is ModelException || (error is OperationCanceledException && cancellation.IsCancellationRequested);

    /// <summary>An SDK may have wrapped our exception; its own texts can hold parts of bodies and are not passed on.</summary>
    private static ModelException Translate(Exception error, UsageDetails? usage)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case ModelException ours:
                    return ours;
                case JsonException:
                    return new ModelException(ModelErrorKind.BadAnswer, "the answer is not the JSON that the API promises") { Usage = usage };
                case HttpRequestException or IOException:
                    return new ModelException(ModelErrorKind.CutStream, "the connection broke in the middle of the answer") { Usage = usage };
                default:
                    break;
            }
        }

        return error switch
        {
            global::Anthropic.Exceptions.AnthropicSseException => new ModelException(ErrorKinds.OfCode(error.Message), "the provider ended the stream with an error") { Usage = usage },
            OperationCanceledException => new ModelException(ModelErrorKind.Timeout, "the provider's client gave up") { Usage = usage },
            _ => new ModelException(ModelErrorKind.BadAnswer, $"the answer could not be read ({error.GetType().Name})") { Usage = usage },
        };
    }

    private ChatOptions Options(ChatOptions? given)
    {
        ChatOptions options = given?.Clone() ?? new ChatOptions();
        options.ModelId = endpoint.Name;
        options.MaxOutputTokens ??= endpoint.MaxTokens;
        options.Temperature ??= endpoint.Temperature;
        return options;
    }

    private AdditionalPropertiesDictionary Properties(AdditionalPropertiesDictionary? existing)
    {
        AdditionalPropertiesDictionary properties = existing ?? [];
        properties[ModelProperties.Provider] = endpoint.Provider;
        properties[ModelProperties.Model] = endpoint.Name;
        properties[ModelProperties.ProviderName] = providerName;
        if (server is not null)
        {
            properties[ModelProperties.ServerAddress] = server.Host;
            properties[ModelProperties.ServerPort] = server.Port;
        }

        return properties;
    }
}
