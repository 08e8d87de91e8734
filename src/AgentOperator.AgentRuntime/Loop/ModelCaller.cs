using System.Diagnostics;
using AgentOperator.AgentRuntime.Models;
using AgentOperator.AgentRuntime.Reporting;
using AgentOperator.AgentRuntime.Telemetry;
using AgentOperator.Api.Prices;
using AgentOperator.Api.Runtime;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Loop;

/// <summary>One request to the models: traced, counted, priced.</summary>
internal sealed class ModelCaller(AgentPlan plan, IChatClient client, UsageMeter meter, RuntimeTelemetry telemetry, TimeProvider time)
{
    private const int MaxMessage = 500;

    /// <exception cref="CallEndedException">No model answered.</exception>
    public async Task<ChatResponse> AskAsync(CallState state, bool holdsDeltas, CancellationToken cancellation)
    {
        RuntimeModel? first = plan.Config.Models.Count > 0 ? plan.Config.Models[0] : null;
        string asked = first?.Name ?? "";
        long start = time.GetTimestamp();
        using Activity? activity = telemetry.Source.StartActivity($"{GenAi.Chat} {asked}", ActivityKind.Client);
        activity?.SetTag(GenAi.OperationName, GenAi.Chat).SetTag(GenAi.ProviderName, first?.Provider).SetTag(GenAi.RequestModel, asked).SetTag(GenAi.ConversationId, state.ContextId);
        if (telemetry.CapturesContent)
        {
            activity?.SetTag(GenAi.InputMessages, MessageText.Of(state.Messages));
        }

        try
        {
            ChatResponse response = await (state.OnEvent is { } sink && !holdsDeltas ? StreamAsync(state, sink, cancellation) : client.GetResponseAsync(state.Messages, state.Options, cancellation));
            (string provider, string model) = WhoAnswered(response);
            string system = response.AdditionalProperties?.GetValueOrDefault(ModelProperties.ProviderName) as string ?? provider;
            TokenUsage? told = ModelUsage.Of(response.Usage);
            TokenUsage tokens = told ?? TokenUsage.None;
            UsageReport usage = UsageMath.Of(told, provider, model, plan.Prices);
            state.Usage = UsageMath.Add(state.Usage, usage);
            state.Model = $"{provider}/{model}";
            Blame(response.AdditionalProperties?.GetValueOrDefault(ModelProperties.Attempts) as IReadOnlyList<ModelAttempt> ?? []);
            meter.AddRequest(usage, state.Model);
            Tell(activity, response, system, asked, tokens, usage, start);
            return response;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            string message = Describe(error);
            if (error is ModelsUnavailableException { Attempts: { Count: > 0 } attempts })
            {
                Blame(attempts);
            }
            else
            {
                meter.AddProblem($"{first?.Provider}/{asked}", message);
            }

            activity?.SetStatus(ActivityStatusCode.Error, error.GetType().Name).SetTag(GenAi.ErrorType, error.GetType().Name);
            telemetry.Durations.Record(time.GetElapsedTime(start).TotalSeconds, new(GenAi.OperationName, GenAi.Chat), new(GenAi.ProviderName, first?.Provider), new(GenAi.RequestModel, asked), new(GenAi.ErrorType, error.GetType().Name));
            throw new CallEndedException(SkillEnd.Failed, SkillReasons.ModelsUnavailable, error is ModelsUnavailableException ? message : $"No model answered: {message}");
        }
    }

    private async Task<ChatResponse> StreamAsync(CallState state, Func<AgentEvent, ValueTask> sink, CancellationToken cancellation)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(state.Messages, state.Options, cancellation))
        {
            updates.Add(update);
            if (update.Text is { Length: > 0 } text)
            {
                await sink(new AgentEvent(AgentEvent.Delta, text));
            }
        }

        return updates.ToChatResponse();
    }

    /// <summary>The entry of the agent's models that answered; the first when the client does not say.</summary>
    private (string Provider, string Name) WhoAnswered(ChatResponse response)
    {
        RuntimeModel? first = plan.Config.Models.Count > 0 ? plan.Config.Models[0] : null;
        return (
            response.AdditionalProperties?.GetValueOrDefault(ModelProperties.Provider) as string ?? first?.Provider ?? "unknown",
            response.AdditionalProperties?.GetValueOrDefault(ModelProperties.Model) as string ?? first?.Name ?? response.ModelId ?? "unknown");
    }

    /// <summary>Exceptions of the clients are made to be shown; of any other, which may quote a request, only the kind is told.</summary>
    private static string Describe(Exception error)
    {
        if (error is not (ModelException or ModelsUnavailableException))
        {
            return error.GetType().Name;
        }

        string message = error.Message.ReplaceLineEndings(" ");
        return message.Length > MaxMessage ? message[..MaxMessage] : message;
    }

    /// <summary>Models that were tried in vain, with or without another one that answered.</summary>
    private void Blame(IReadOnlyList<ModelAttempt> attempts)
    {
        foreach (ModelAttempt attempt in attempts.Where(static attempt => attempt.Reason is not null))
        {
            meter.AddProblem($"{attempt.Provider}/{attempt.Model}", $"{attempt.Error}: {attempt.Reason}");
        }
    }

    private void Tell(Activity? activity, ChatResponse response, string provider, string asked, TokenUsage tokens, UsageReport usage, long start)
    {
        activity?.SetTag(GenAi.ProviderName, provider).SetTag(GenAi.ResponseModel, response.ModelId).SetTag(GenAi.ResponseId, response.ResponseId)
            .SetTag(GenAi.InputTokens, tokens.Input).SetTag(GenAi.OutputTokens, tokens.Output).SetTag(GenAi.CachedInputTokens, tokens.CachedInput);
        if (response.FinishReason is { } finish)
        {
            activity?.SetTag(GenAi.FinishReasons, new[] { finish.Value });
        }

        if (usage.CostMicros is { } cost)
        {
            activity?.SetTag(GenAi.CostMicros, cost).SetTag(GenAi.CostCurrency, usage.Currency);
        }

        if (telemetry.CapturesContent)
        {
            activity?.SetTag(GenAi.OutputMessages, MessageText.Of(response.Messages));
        }

        TagList tags = new() { { GenAi.OperationName, GenAi.Chat }, { GenAi.ProviderName, provider }, { GenAi.RequestModel, asked }, { GenAi.ResponseModel, response.ModelId } };
        telemetry.Durations.Record(time.GetElapsedTime(start).TotalSeconds, tags);
        tags.Add(GenAi.TokenType, "input");
        telemetry.Tokens.Record(tokens.Input, tags);
        tags = new() { { GenAi.OperationName, GenAi.Chat }, { GenAi.ProviderName, provider }, { GenAi.RequestModel, asked }, { GenAi.ResponseModel, response.ModelId }, { GenAi.TokenType, "output" } };
        telemetry.Tokens.Record(tokens.Output, tags);
    }
}
