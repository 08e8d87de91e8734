using System.Diagnostics;
using System.Text.Json;
using AgentOperator.AgentRuntime.Hosting;
using AgentOperator.AgentRuntime.Loop;
using AgentOperator.AgentRuntime.Serving;
using AgentOperator.AgentRuntime.Steps.Consensus;
using AgentOperator.AgentRuntime.Tools;
using AgentOperator.Api.Runtime;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Steps;

/// <summary>Runs one attempt of a step: a skill of a deployed agent, a skill in this process, or one tool call.</summary>
internal sealed class StepRunner(Func<string, string?> environment, TimeProvider time, ILoggerFactory loggers, IChatClient? models = null)
{
    /// <exception cref="StepFailedException">With what to tell.</exception>
    public async Task<StepResult> RunAsync(StepTask task, CancellationToken cancellation)
    {
        ActivityContext trace = TraceParents.Parse(environment("TRACEPARENT"), environment("TRACESTATE"));
        if (task.Consensus is { } consensus)
        {
            return await new ConsensusCall(time).RunAsync(task, consensus, trace, cancellation);
        }

        if (task.Url is not null)
        {
            Uri url = Uri.TryCreate(task.Url, UriKind.Absolute, out Uri? given) && given.Scheme is "http" or "https" && given is not null
                ? given
                : throw new StepFailedException($"The task's url {task.Url} is no http or https URL.", isFinal: true);
            return await new DeployedAgent(url, time).CallAsync(task, trace, cancellation);
        }

        List<string> problems = [];
        RuntimeConfig config = task.Agent ?? throw new StepFailedException("The task names neither a url nor an agent.", isFinal: true);
        AgentPlan plan = AgentPlan.Create(config, problems);
        AgentParts parts = AgentParts.Create(plan, environment, time, problems, task.Tool is null ? models : new NoModels());
        if (problems.Count > 0)
        {
            throw new StepFailedException(string.Join("; ", problems), isFinal: true);
        }

        await using TraceExportScope export = await TraceExportScope.StartAsync(config, environment, cancellation);
        await using ToolLease tools = new(parts, loggers);
        await tools.FindAsync(cancellation);
        return task.Tool is { } tool ? await CallToolAsync(parts, tool, task.Input, trace, cancellation) : await CallSkillAsync(parts, task, trace, cancellation);
    }

    private async Task<StepResult> CallSkillAsync(AgentParts parts, StepTask task, ActivityContext trace, CancellationToken cancellation)
    {
        string skill = task.Skill ?? (parts.Plan.Skills.Count == 1 ? parts.Plan.Skills.Keys.First() : throw new StepFailedException("The task names no skill.", isFinal: true));
        SkillOutcome outcome = await parts.CreateLoop(loggers).RunAsync(new SkillCall { Skill = skill, Input = task.Input, ContextId = task.ContextId }, trace, cancellation);
        return outcome.End switch
        {
            SkillEnd.Completed => new StepResult
            {
                Result = outcome.Answer!.Result,
                Envelope = JsonSerializer.SerializeToElement(outcome.Answer, AgentRuntimeJsonContext.Default.AnswerEnvelope),
                Usage = outcome.Usage,
            },
            SkillEnd.InputRequired => throw new StepFailedException($"{outcome.Message} A step cannot be asked: put an approval step before it, or take the tool out of requireApproval.", isFinal: true, outcome.Usage),
            SkillEnd.Cancelled => throw new StepFailedException("The step was told to stop.", usage: outcome.Usage),
            _ => throw new StepFailedException($"{outcome.Reason}: {outcome.Message}", outcome.End == SkillEnd.Refused, outcome.Usage),
        };
    }

    private async Task<StepResult> CallToolAsync(AgentParts parts, string name, JsonElement arguments, ActivityContext trace, CancellationToken cancellation)
    {
        if (parts.Toolbox.Current.Tools.FirstOrDefault(tool => tool.ServerName == name) is not { } tool)
        {
            string problem = string.Join("; ", parts.Toolbox.Report().Select(static server => server.Problem is { } why ? $"{server.Server}: {why}" : $"{server.Server} has {string.Join(", ", server.Names ?? [])}"));
            throw new StepFailedException($"There is no tool {name}: {problem}.");
        }

        if (tool.Arguments?.Validate(arguments) is { Count: > 0 } violations)
        {
            throw new StepFailedException($"The arguments do not fit the tool's schema: {string.Join("; ", violations)}", isFinal: true);
        }

        using Activity? activity = parts.Telemetry.Source.StartActivity($"step {name}", ActivityKind.Internal, trace);
        ToolResult result = await new ToolRunner(parts.Telemetry, time).CallAsync(tool, "step", arguments, cancellation);
        if (result.IsError)
        {
            throw new StepFailedException($"The tool {name} failed: {result.Text[..Math.Min(result.Text.Length, 1000)]}");
        }

        return new StepResult { Result = result.Structured ?? Parsed(result.Text) };
    }

    /// <summary>Many tools give JSON as text.</summary>
    private static JsonElement Parsed(string text)
    {
        if (text.AsSpan().TrimStart() is ['{' or '[', ..])
        {
            try
            {
                return JsonElement.Parse(text);
            }
            catch (JsonException)
            {
                // It is text that begins like JSON.
            }
        }

        return JsonValues.Of(text);
    }
}
