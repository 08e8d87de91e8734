using System.Diagnostics;
using AgentOperator.AgentRuntime.Guard;
using AgentOperator.AgentRuntime.Memory;
using AgentOperator.AgentRuntime.Prompts;
using AgentOperator.AgentRuntime.Reporting;
using AgentOperator.AgentRuntime.Telemetry;
using AgentOperator.AgentRuntime.Tools;
using AgentOperator.Api.JsonSchemas;
using AgentOperator.Api.Prices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Loop;

/// <summary>Guard in, render, ask the model, run its tool calls, validate the answer with one repair, guard out. Every end is a <see cref="SkillOutcome"/>; nothing is thrown.</summary>
internal sealed partial class AgentLoop(
    AgentPlan plan,
    ModelCaller models,
    ToolRunner tools,
    IToolbox toolbox,
    IGuard guard,
    IConversationStore? memory,
    UsageMeter meter,
    RuntimeTelemetry telemetry,
    TimeProvider time,
    ILogger<AgentLoop> logger)
{
    private const int MaxIdLength = 128;

    private readonly SuspendedCalls _suspended = new(time);

    public AgentPlan Plan => plan;

    /// <summary>Calls a skill. <paramref name="parent"/> is the caller's trace; default begins a new one.</summary>
    public async Task<SkillOutcome> RunAsync(SkillCall call, ActivityContext parent, CancellationToken cancellation)
    {
        string callId = call.CallId ?? Guid.NewGuid().ToString("N");
        string contextId = call.ContextId is { Length: > 0 and <= MaxIdLength } given ? given : Guid.NewGuid().ToString("N");
        if (!plan.Skills.TryGetValue(call.Skill, out SkillPlan? skill))
        {
            return new SkillOutcome { End = SkillEnd.Refused, Reason = SkillReasons.UnknownSkill, CallId = callId, ContextId = contextId, Message = $"There is no skill {call.Skill}; there are {string.Join(", ", plan.Skills.Keys)}." };
        }

        meter.AddCall();
        CallState? state = null;
        SkillOutcome outcome = await TraceAsync(skill, callId, contextId, parent, async (activity, stop) =>
        {
            state = await StartAsync(call, skill, callId, contextId, activity, stop);
            return await GoOnAsync(state, stop);
        }, cancellation);
        return outcome with { Usage = state?.Usage ?? outcome.Usage };
    }

    /// <summary>Goes on with a call that waits for a yes.</summary>
    public async Task<SkillOutcome> ResumeAsync(string callId, CallDecision decision, Func<AgentEvent, ValueTask>? onEvent, CancellationToken cancellation)
    {
        if (_suspended.Take(callId) is not { } state)
        {
            return new SkillOutcome { End = SkillEnd.Refused, Reason = SkillReasons.UnknownCall, CallId = callId, Message = "No call of this name waits for an answer: it was answered, or waited for longer than an hour." };
        }

        state.OnEvent = onEvent;
        SkillOutcome outcome = await TraceAsync(state.Skill, callId, state.ContextId, state.Trace, async (activity, stop) =>
        {
            IReadOnlyList<FunctionCallContent> calls = state.Waiting;
            state.Waiting = [];
            await RunToolsAsync(state, calls, decision, stop);
            return await GoOnAsync(state, stop);
        }, cancellation);
        return outcome with { Usage = state.Usage };
    }

    /// <summary>Forgets a call that waits; false when there is none.</summary>
    public bool Drop(string callId) => _suspended.Take(callId) is not null;

    private async Task<SkillOutcome> TraceAsync(
        SkillPlan skill, string callId, string contextId, ActivityContext parent, Func<Activity?, CancellationToken, Task<SkillOutcome>> work, CancellationToken cancellation)
    {
        // A server's own activity is exported by nobody: the span's parent is the caller's.
        Activity.Current = null;
        long start = time.GetTimestamp();
        using Activity? activity = telemetry.Source.StartActivity($"{GenAi.InvokeAgent} {plan.Config.Name}", ActivityKind.Internal, parent);
        activity?.SetTag(GenAi.OperationName, GenAi.InvokeAgent).SetTag(GenAi.AgentName, plan.Config.Name).SetTag(GenAi.ConversationId, contextId).SetTag(GenAi.Skill, skill.Skill.Name);
        telemetry.InFlight.Add(1);
        using CancellationTokenSource timeout = new(plan.Timeout, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        SkillOutcome outcome;
        try
        {
            outcome = await work(activity, linked.Token);
        }
        catch (CallEndedException end)
        {
            outcome = new SkillOutcome { End = end.End, Reason = end.Reason, Message = end.Message, CallId = callId };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            outcome = new SkillOutcome { End = SkillEnd.Cancelled, Reason = SkillReasons.Cancelled, Message = "The call was cancelled.", CallId = callId };
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            outcome = new SkillOutcome { End = SkillEnd.Failed, Reason = SkillReasons.Timeout, Message = $"The call took longer than {plan.Timeout.TotalSeconds:0.###} s (limits.timeout).", CallId = callId };
        }
#pragma warning disable CA1031 // Whatever goes wrong in a call is that call's end and no other's.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, error.GetType().Name, error.StackTrace);
            outcome = new SkillOutcome { End = SkillEnd.Failed, Reason = SkillReasons.ToolFailed, Message = $"The call failed in the runtime ({error.GetType().Name}).", CallId = callId };
        }

        telemetry.InFlight.Add(-1);
        string status = outcome.Reason ?? nameof(SkillEnd.Completed);
        telemetry.Executions.Record(time.GetElapsedTime(start).TotalSeconds, new(GenAi.AgentName, plan.Config.Name), new(GenAi.Skill, skill.Skill.Name), new("status", status));
        if (outcome.End is SkillEnd.Failed or SkillEnd.Refused)
        {
            activity?.SetStatus(ActivityStatusCode.Error, outcome.Reason).SetTag(GenAi.ErrorType, outcome.Reason);
        }

        LogEnded(logger, skill.Skill.Name, status, time.GetElapsedTime(start).TotalMilliseconds);
        return outcome with { ContextId = contextId, TraceId = activity?.TraceId.ToHexString() };
    }

    private async Task<CallState> StartAsync(SkillCall call, SkillPlan skill, string callId, string contextId, Activity? activity, CancellationToken cancellation)
    {
        Check(skill.Input, call.Input, "The input does not fit the skill's schema: ");
        Check(plan.Prompt.Inputs, call.Input, "The input does not fit the prompt's inputs: ");
        GuardVerdict<System.Text.Json.JsonElement> verdict = guard.CheckInput(call.Input);
        if (verdict.Refusal is { } refusal)
        {
            throw new CallEndedException(SkillEnd.Refused, SkillReasons.Guard, refusal);
        }

        IReadOnlyList<RememberedTurn> turns = memory is null || call.ContextId is null ? [] : await memory.ReadAsync(contextId, cancellation);
        List<ChatMessage> messages = plan.Prompt.Render(
            verdict.Value, skill.Instructions, skill.Format.Instructions, !skill.Format.IsText,
            [.. turns.Select(static turn => new ChatMessage(turn.Role == "assistant" ? ChatRole.Assistant : ChatRole.User, turn.Text))]);
        ToolSet set = toolbox.Current;
        return new CallState
        {
            Skill = skill,
            CallId = callId,
            ContextId = contextId,
            Messages = messages,
            UserText = messages[^1].Text,
            Tools = set,
            Options = new ChatOptions { Tools = set.Tools.Count == 0 ? null : [.. set.Tools.Select(static tool => tool.Declaration)], ResponseFormat = skill.Format.ResponseFormat },
            OnEvent = call.OnEvent,
            Trace = activity?.Context ?? default,
            IsFlagged = verdict.IsFlagged,
        };
    }

    private async Task<SkillOutcome> GoOnAsync(CallState state, CancellationToken cancellation)
    {
        try
        {
            return await TurnAsync(state, cancellation);
        }
        catch (CallEndedException end)
        {
            return Ended(state, end.End, end.Reason, end.Message);
        }
    }

    private async Task<SkillOutcome> TurnAsync(CallState state, CancellationToken cancellation)
    {
        while (true)
        {
            if (state.Turns >= plan.MaxTurns)
            {
                throw new CallEndedException(SkillEnd.Failed, SkillReasons.MaxTurns, $"There was no answer after {state.Turns} turns of the model (limits.maxTurns).");
            }

            if (plan.MaxTokens is { } most && state.Usage.InputTokens + state.Usage.OutputTokens >= most)
            {
                throw new CallEndedException(SkillEnd.Failed, SkillReasons.MaxTokens, $"There was no answer after {state.Usage.InputTokens + state.Usage.OutputTokens} tokens (limits.maxTokens is {most}).");
            }

            state.Turns++;
            ChatResponse response = await models.AskAsync(state, guard.Redacts, cancellation);
            state.Messages.AddRange(response.Messages);
            FunctionCallContent[] calls = [.. response.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>()];
            if (calls.Length == 0)
            {
                if (await AnswerAsync(state, response.Text, cancellation) is { } outcome)
                {
                    return outcome;
                }

                continue;
            }

            if (ToolRunner.Approvals(state.Tools, calls) is { Count: > 0 } approvals)
            {
                state.Waiting = calls;
                state.OnEvent = null;
                _suspended.Add(state);
                return Ended(state, SkillEnd.InputRequired, SkillReasons.ApprovalNeeded, $"The agent asks for a yes before it calls {string.Join(", ", approvals.Select(static approval => approval.Tool))}.") with { Approvals = approvals };
            }

            await RunToolsAsync(state, calls, decision: null, cancellation);
        }
    }

    private async Task RunToolsAsync(CallState state, IReadOnlyList<FunctionCallContent> calls, CallDecision? decision, CancellationToken cancellation)
    {
        ToolResult[] results = await tools.RunAsync(state, calls, decision, plan.ParallelTools, cancellation);
        List<AIContent> contents = [];
        for (int i = 0; i < calls.Count; i++)
        {
            GuardVerdict<string> verdict = guard.CheckToolResult(results[i].Text);
            if (verdict.Refusal is { } refusal)
            {
                throw new CallEndedException(SkillEnd.Refused, SkillReasons.Guard, $"A result of the tool {calls[i].Name} {refusal}.");
            }

            state.IsFlagged |= verdict.IsFlagged;
            contents.Add(new FunctionResultContent(calls[i].CallId, results[i].IsError ? $"Error: {verdict.Value}" : verdict.Value));
        }

        state.Messages.Add(new ChatMessage(ChatRole.Tool, contents));
    }

    /// <summary>The outcome, or null when the model is to try once more.</summary>
    private async Task<SkillOutcome?> AnswerAsync(CallState state, string text, CancellationToken cancellation)
    {
        ModelAnswer? answer = state.Skill.Format.Read(text, out IReadOnlyList<string> violations);
        if (answer is null)
        {
            if (state.IsRepaired)
            {
                throw new CallEndedException(SkillEnd.Failed, SkillReasons.BadAnswer, $"The model's answer does not fit the skill's schema, and neither did its second try: {string.Join("; ", violations)}");
            }

            state.IsRepaired = true;
            state.Messages.Add(new ChatMessage(ChatRole.User, $"Your answer does not fit what was asked for: {string.Join("; ", violations)}. Give the whole answer again in the right form, and nothing else."));
            return null;
        }

        System.Text.Json.JsonElement result = guard.Redact(answer.Result);
        if (memory is not null)
        {
            await memory.AppendAsync(state.ContextId, [new RememberedTurn("user", state.UserText), new RememberedTurn("assistant", InputText.Of(result))], cancellation);
        }

        return Ended(state, SkillEnd.Completed, reason: null, message: null) with
        {
            Answer = new AnswerEnvelope
            {
                Skill = state.Skill.Skill.Name,
                Result = result,
                Reasoning = answer.Reasoning is null ? null : guard.Redact(answer.Reasoning),
                Confidence = answer.Confidence,
                HumanReviewRequired = answer.HumanReviewRequired || state.IsFlagged,
                NextRole = answer.NextRole,
                Usage = state.Usage,
                Cost = state.Usage is { CostMicros: { } micros, Currency: { } currency } ? new AnswerCost { Micros = micros, Currency = currency, Text = Money.Format(micros, currency) } : null,
                Model = state.Model,
                Turns = state.Turns,
                ContextId = state.ContextId,
                TraceId = Activity.Current?.TraceId.ToHexString(),
            },
        };
    }

    private static SkillOutcome Ended(CallState state, SkillEnd end, string? reason, string? message) =>
        new() { End = end, Reason = reason, Message = message, CallId = state.CallId, Usage = state.Usage };

    private static void Check(JsonSchema? schema, System.Text.Json.JsonElement input, string words)
    {
        if (schema?.Validate(input) is { Count: > 0 } violations)
        {
            throw new CallEndedException(SkillEnd.Refused, SkillReasons.BadInput, words + string.Join("; ", violations));
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Skill {Skill} ended: {Status} after {Milliseconds:0} ms")]
    private static partial void LogEnded(ILogger logger, string skill, string status, double milliseconds);

    // The message of an exception may quote a prompt; its type and place do not.
    [LoggerMessage(2, LogLevel.Error, "A call failed with {Type} {Place}")]
    private static partial void LogFailed(ILogger logger, string type, string? place);
}
