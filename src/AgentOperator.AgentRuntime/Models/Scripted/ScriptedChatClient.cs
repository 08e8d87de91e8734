using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AgentOperator.AgentRuntime.Models.Http;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Models.Scripted;

/// <summary>A model that answers from a file: the same rules and the same conversation give the same answer, for tests, examples and demos.</summary>
internal sealed class ScriptedChatClient(Script script, string model, TimeProvider time) : IChatClient
{
    private static readonly JsonSerializerOptions AsModelsWrite = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        (ScriptRule rule, ChatResponse response) = Answer([.. messages], options);
        await BeginAsync(rule, cancellationToken);
        return rule.Fail?.CutAfter is null ? response : throw Cut();
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (ScriptRule rule, ChatResponse response) = Answer([.. messages], options);
        await BeginAsync(rule, cancellationToken);
        int left = rule.Fail?.CutAfter ?? int.MaxValue;
        foreach (AIContent content in response.Messages[0].Contents)
        {
            foreach (AIContent piece in Pieces(content))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (left-- <= 0)
                {
                    throw Cut();
                }

                yield return Update(response, piece);
            }
        }

        if (rule.Fail?.CutAfter is not null)
        {
            throw Cut();
        }

        ChatResponseUpdate last = Update(response, new UsageContent(response.Usage!));
        last.FinishReason = response.FinishReason;
        yield return last;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Holds nothing.
    }

    private static ModelException Cut() => new(ModelErrorKind.CutStream, "the script cuts the answer here");

    private static ChatResponseUpdate Update(ChatResponse response, AIContent content) =>
        new(ChatRole.Assistant, [content]) { ResponseId = response.ResponseId, MessageId = response.ResponseId, ModelId = response.ModelId };

    /// <summary>Text word by word, each with the space after it.</summary>
    private static IEnumerable<AIContent> Pieces(AIContent content)
    {
        if (content is not TextContent { Text: var text })
        {
            yield return content;
            yield break;
        }

        for (int at = 0; at < text.Length;)
        {
            int end = text.AsSpan(at).IndexOfAny(' ', '\n');
            end = end < 0 ? text.Length : at + end + 1;
            yield return new TextContent(text[at..end]);
            at = end;
        }
    }

    private async Task BeginAsync(ScriptRule rule, CancellationToken cancellation)
    {
        if (rule.Hang)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
        }

        if (rule.Delay > TimeSpan.Zero)
        {
            await Task.Delay(rule.Delay, time, cancellation);
        }

        if (rule.Fail is { Status: { } status } failure)
        {
            throw new ModelException(ErrorKinds.Of(status, "", failure.Message), failure.Message) { Status = status, RetryAfter = failure.RetryAfter };
        }
    }

    private (ScriptRule Rule, ChatResponse Response) Answer(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        Conversation conversation = new(model, messages, options);
        foreach (ScriptRule rule in script.Rules)
        {
            if (conversation.Fits(rule, out Match? match) && rule.Take())
            {
                return (rule, Respond(rule.Answer, conversation, match));
            }
        }

        throw new ModelException(ModelErrorKind.InvalidRequest, $"no rule of the script fits: {conversation.Describe()}");
    }

    private ChatResponse Respond(ScriptAnswer answer, Conversation conversation, Match? match)
    {
        List<AIContent> contents = [];
        if (answer.Reasoning is { } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        string text = answer.Json is { } json ? Captures.Fill(json, match)!.ToJsonString(AsModelsWrite) : Captures.Fill(answer.Text ?? "", match);
        if (text.Length > 0)
        {
            contents.Add(new TextContent(text));
        }

        foreach (ScriptToolCall call in answer.ToolCalls)
        {
            JsonObject arguments = (JsonObject)Captures.Fill(call.Arguments, match)!;
            contents.Add(new FunctionCallContent(
                $"call_{conversation.Calls + contents.Count}",
                call.Name,
                arguments.ToDictionary(static entry => entry.Key, static entry => (object?)JsonElement.Parse(entry.Value?.ToJsonString() ?? "null"))));
        }

        int output = Conversation.Words(text) + Conversation.Words(answer.Reasoning ?? "");
        string id = $"scripted-{conversation.Turn}";
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = id })
        {
            ResponseId = id,
            ModelId = model,
            FinishReason = answer.FinishReason ?? (answer.ToolCalls.Count > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop),
            Usage = answer.Usage ?? new UsageDetails { InputTokenCount = conversation.InputWords, OutputTokenCount = output, TotalTokenCount = conversation.InputWords + output },
        };
    }
}
