using System.Text.Json.Nodes;
using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Connecting;
using AgentOperator.Cli.Following;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Patching;

namespace AgentOperator.Cli.Control;

/// <summary>Requests by annotation: each names its run, is handled once, and its echo in status says what came of it.</summary>
internal sealed class Requests(Cluster cluster, Terminal terminal, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Asks, and waits for a while until the operator has taken it up.</summary>
    /// <param name="workflow">Of whom.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellation">Ends the wait; the request stands.</param>
    /// <returns>The Workflow that has it handled; null when the operator has not done so in time.</returns>
    /// <exception cref="CliException">The operator refused the request.</exception>
    public async Task<Workflow?> AskAsync(Workflow workflow, Request request, CancellationToken cancellation)
    {
        string name = workflow.Metadata.Name!;
        if (workflow.Annotation(request.Annotation) == request.Text && request.Echo(workflow.Status?.LastHandledRequest) == request.Text)
        {
            // What stands there was asked for and handled before: it goes first, and the operator forgets it.
            await WriteAsync(name, request.Annotation, null, cancellation);
            await UntilAsync(name, candidate => request.Echo(candidate.Status?.LastHandledRequest) is null, cancellation);
        }

        await WriteAsync(name, request.Annotation, request.Text, cancellation);
        Workflow? handled = await UntilAsync(name, candidate => request.Echo(candidate.Status?.LastHandledRequest) == request.Text, cancellation);
        if (handled is null)
        {
            terminal.Warn($"warning: the request stands, but the operator has not taken it up within {Times.Span(Patience)}: is it running?");
        }

        return handled?.Status?.LastHandledRequest?.Message is { } refusal && refusal.Contains(request.Text, StringComparison.Ordinal) ? throw new CliException(refusal, ExitCodes.No) : handled;
    }

    /// <summary>The Workflow once something holds; null when it does not in time.</summary>
    public async Task<Workflow?> UntilAsync(string name, Func<Workflow, bool> holds, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await foreach (WorkflowFamily family in new RunFollower(cluster, terminal, time).FollowAsync(name, linked.Token))
            {
                if (holds(family.Root))
                {
                    return family.Root;
                }
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
        }

        return null;
    }

    private Task<Workflow> WriteAsync(string name, string annotation, string? text, CancellationToken cancellation)
    {
        JsonObject patch = new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [annotation] = text } } };
        return cluster.Workflows.PatchAsync(name, Patch.Merge(System.Text.Encoding.UTF8.GetBytes(patch.ToJsonString())), cancellation);
    }
}
