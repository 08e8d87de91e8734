using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models.Anthropic;

/// <summary>Anthropic wants the results of parallel tool calls in one message.</summary>
internal sealed class MergedToolResults(IChatClient inner) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(Merge(messages), options, cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(Merge(messages), options, cancellationToken);

    private static List<ChatMessage> Merge(IEnumerable<ChatMessage> messages)
    {
        List<ChatMessage> merged = [];
        foreach (ChatMessage message in messages)
        {
            if (message.Role == ChatRole.Tool && merged is [.., { } last] && last.Role == ChatRole.Tool)
            {
                merged[^1] = new ChatMessage(ChatRole.Tool, [.. last.Contents, .. message.Contents]);
            }
            else
            {
                merged.Add(message);
            }
        }

        return merged;
    }
}
