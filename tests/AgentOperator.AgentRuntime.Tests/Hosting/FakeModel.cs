using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Tests.Hosting;

/// <summary>A model that answers as a test says, and keeps what it was asked.</summary>
internal sealed class FakeModel(Func<FakeModel, CancellationToken, Task<ChatResponse>> answer) : IChatClient
{
    private readonly Lock _gate = new();
    private readonly List<IReadOnlyList<ChatMessage>> _requests = [];

    /// <summary>One answer after the other; the last one again and again.</summary>
    public FakeModel(params ChatResponse[] answers)
        : this((model, _) => Task.FromResult(answers[Math.Min(model.Requests.Count, answers.Length) - 1]))
    {
    }

    public IReadOnlyList<IReadOnlyList<ChatMessage>> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public ChatOptions? Options { get; private set; }

    public static ChatResponse Says(string text) => new(new ChatMessage(ChatRole.Assistant, text)) { Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5 } };

    public static ChatResponse Calls(params (string Tool, object? Arguments)[] calls) => new(new ChatMessage(ChatRole.Assistant, [.. calls.Select((call, index) =>
        (AIContent)new FunctionCallContent($"call-{index}", call.Tool, (call.Arguments as IDictionary<string, object?>) ?? new Dictionary<string, object?>()))]))
    { Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5 } };

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _requests.Add([.. messages]);
            Options = options;
        }

        return answer(this, cancellationToken);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
