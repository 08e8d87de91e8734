using System.Diagnostics;
using System.Text.Json;
using AgentOperator.AgentRuntime.Loop;
using AgentOperator.AgentRuntime.Telemetry;
using Microsoft.Extensions.AI;

namespace AgentOperator.AgentRuntime.Tools;

/// <summary>Runs tool calls of a model. What goes wrong with one is a result that the model reads.</summary>
internal sealed class ToolRunner(RuntimeTelemetry telemetry, TimeProvider time)
{
    /// <summary>Most calls in one answer: those after it are refused.</summary>
    public const int MaxCallsPerAnswer = 128;

    /// <summary>The calls that wait for the caller's yes.</summary>
    public static IReadOnlyList<PendingApproval> Approvals(ToolSet tools, IReadOnlyList<FunctionCallContent> calls) =>
        [.. calls.Take(MaxCallsPerAnswer)
            .Select(call => (Tool: tools.Find(call.Name), Call: call))
            .Where(static pair => pair.Tool is { RequiresApproval: true })
            .Select(static pair => new PendingApproval { Tool = pair.Tool!.ServerName, Server = pair.Tool.Server, Arguments = JsonValues.Of(pair.Call.Arguments) })];

    /// <summary>Results in the order of the calls, <paramref name="parallel"/> of them at a time. The decision is the caller's, for calls that need one.</summary>
    public async Task<ToolResult[]> RunAsync(CallState state, IReadOnlyList<FunctionCallContent> calls, CallDecision? decision, int parallel, CancellationToken cancellation)
    {
        ToolResult[] results = new ToolResult[calls.Count];
        using SemaphoreSlim slots = new(parallel);
        await Task.WhenAll(calls.Select(async (call, index) =>
        {
            if (index >= MaxCallsPerAnswer)
            {
                results[index] = new ToolResult($"not called: an answer may hold at most {MaxCallsPerAnswer} tool calls.", IsError: true);
                return;
            }

            await slots.WaitAsync(cancellation);
            try
            {
                results[index] = await RunOneAsync(state, call, decision, cancellation);
            }
            finally
            {
                slots.Release();
            }
        }));
        return results;
    }

    private async Task<ToolResult> RunOneAsync(CallState state, FunctionCallContent call, CallDecision? decision, CancellationToken cancellation)
    {
        if (state.Tools.Find(call.Name) is not { } tool)
        {
            return new ToolResult(state.Tools.Tools.Count == 0 ? "there are no tools." : $"there is no such tool; there are {string.Join(", ", state.Tools.Tools.Take(50).Select(static tool => tool.Name))}.", IsError: true);
        }

        if (call.Exception is not null)
        {
            return new ToolResult("the arguments are no JSON object.", IsError: true);
        }

        if (tool.RequiresApproval && decision is not { IsApproved: true })
        {
            return new ToolResult($"a person refused this call.{(decision?.Comment is { Length: > 0 } comment ? $" Their words: {comment}" : "")}", IsError: true);
        }

        JsonElement arguments = JsonValues.Of(call.Arguments);
        if (tool.Arguments?.Validate(arguments) is { Count: > 0 } violations)
        {
            return new ToolResult($"the arguments do not fit the tool's schema: {string.Join("; ", violations)}", IsError: true);
        }

        if (state.OnEvent is { } sink)
        {
            await sink(new AgentEvent(AgentEvent.ToolStarted, Tool: tool.Name));
        }

        ToolResult result = await CallAsync(tool, call.CallId, arguments, cancellation);
        if (state.OnEvent is { } end)
        {
            await end(new AgentEvent(AgentEvent.ToolEnded, Tool: tool.Name, IsError: result.IsError));
        }

        return result;
    }

    /// <summary>One call, traced and bounded in time.</summary>
    public async Task<ToolResult> CallAsync(ToolDefinition tool, string callId, JsonElement arguments, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        using Activity? activity = telemetry.Source.StartActivity($"{GenAi.ExecuteTool} {tool.Name}", ActivityKind.Internal);
        activity?.SetTag(GenAi.OperationName, GenAi.ExecuteTool).SetTag(GenAi.ToolName, tool.Name).SetTag(GenAi.ToolCallId, callId).SetTag(GenAi.ToolType, "function");
        if (telemetry.CapturesContent)
        {
            activity?.SetTag(GenAi.ToolArguments, arguments.GetRawText());
        }

        using CancellationTokenSource timeout = new(tool.Timeout, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        string? error = null;
        ToolResult result;
        try
        {
            result = ToolTexts.Bounded(await tool.CallAsync(arguments, linked.Token).WaitAsync(linked.Token));
            error = result.IsError ? "tool_error" : null;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            (result, error) = (new ToolResult($"the tool did not answer within {tool.Timeout.TotalSeconds:0.###} s.", IsError: true), "timeout");
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            (result, error) = (new ToolResult(ToolTexts.Describe(failure), IsError: true), failure.GetType().Name);
        }

        if (error is not null)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error).SetTag(GenAi.ErrorType, error);
        }

        if (telemetry.CapturesContent)
        {
            activity?.SetTag(GenAi.ToolResult, result.Text);
        }

        TagList tags = new() { { GenAi.OperationName, GenAi.ExecuteTool }, { GenAi.ToolName, tool.Name } };
        if (error is not null)
        {
            tags.Add(GenAi.ErrorType, error);
        }

        telemetry.Durations.Record(time.GetElapsedTime(start).TotalSeconds, tags);
        return result;
    }
}
