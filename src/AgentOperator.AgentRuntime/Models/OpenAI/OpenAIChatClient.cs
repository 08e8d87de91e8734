using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace AgentOperator.AgentRuntime.Models.OpenAI;

/// <summary>Chat completions (platform.openai.com/docs/api-reference/chat). The package carries the request; bodies are read here, because its models refuse what
/// compatible servers leave out or write differently.</summary>
internal sealed class OpenAIChatClient(ChatClient client, string model, bool isOpenAI) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using PipelineResponse response = await SendAsync(messages, options, stream: false, cancellationToken);
        using JsonDocument document = await JsonDocument.ParseAsync(response.ContentStream!, cancellationToken: cancellationToken);
        return CompletionReader.Read(document.RootElement);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using PipelineResponse response = await SendAsync(messages, options, stream: true, cancellationToken);
        CompletionStream state = new();
        await foreach (SseItem<string> item in SseParser.Create(response.ContentStream!).EnumerateAsync(cancellationToken))
        {
            if (item.Data == "[DONE]")
            {
                break;
            }

            if (item.Data.Length > 0)
            {
                yield return state.Read(JsonElement.Parse(item.Data));
            }
        }

        if (state.End() is { } last)
        {
            yield return last;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The connections belong to the runtime.
    }

    private async Task<PipelineResponse> SendAsync(IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options, bool stream, CancellationToken cancellation)
    {
        byte[] body = CompletionRequest.Write(model, messages, options, isOpenAI, stream);
        RequestOptions request = new() { BufferResponse = false, CancellationToken = cancellation };
        ClientResult result = await client.CompleteChatAsync(BinaryContent.Create(BinaryData.FromBytes(body)), request);
        PipelineResponse response = result.GetRawResponse();
        return response.ContentStream is not null ? response : throw new ModelException(ModelErrorKind.BadAnswer, "the answer is empty");
    }
}
