using System.Text.Json;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>A random step of any kind that there is; its name and needs are the graph's.</summary>
internal static class RandomStep
{
    /// <summary>People whom gates name.</summary>
    public static readonly string[] People = ["alice", "bob", "carol"];

    /// <param name="random">The dice.</param>
    /// <param name="isMain">False in finally.</param>
    /// <param name="text">A step before with one output that is a text, to read.</param>
    /// <param name="list">One with an output that is a list.</param>
    public static WorkflowStep Of(Random random, bool isMain, string? text, string? list)
    {
        WorkflowStep step = random.Next(20) switch
        {
            0 or 1 => Wait(random),
            2 or 3 when isMain => Gate(random),
            4 => Nested(random),
            5 or 6 => Tool(random, text),
            7 or 8 => Container(random, isMain ? text ?? list : null) with { ForEach = Items(random, list) },
            9 or 10 => Tool(random, text) with { ForEach = Items(random, list) },
            _ => Container(random, isMain ? text ?? list : null),
        };
        bool runs = step.Wait is null && step.Approval is null;
        step = step with
        {
            Retry = runs && random.Next(2) == 0 ? Retry(random) : null,
            Idempotent = random.Next(2) == 0 ? true : null,
            Mutex = runs && random.Next(8) == 0 ? "m" : null,
            Compensate = isMain && random.Next(3) == 0 ? new StepCompensation { Container = new ContainerStep { Image = "undo" }, Retry = random.Next(2) == 0 ? Retry(random) : null } : null,
            Checkpoint = random.Next(8) == 0 ? new StepCheckpoint { Action = RandomSpec.Pick(random, CheckpointActions.Pause, CheckpointActions.Notify, CheckpointActions.Fail, CheckpointActions.Continue), Timeout = new Duration("30s") } : null,
        };
        bool mayBeTakenOver = step is { Compensate: null, ForEach: null } and ({ Container: not null } or { Tool: not null });
        return mayBeTakenOver && random.Next(5) == 0 ? step with { Memoize = new Memoization { MaxAge = new Duration("1h") } } : step;
    }

    /// <summary>Whether an output named value is a text that an expression can compare.</summary>
    public static bool GivesText(WorkflowStep step) => step is { Outputs: not null, ForEach: null };

    public static bool GivesList(WorkflowStep step) => step is { Outputs: not null, ForEach: not null };

    /// <summary>What an attempt gives; by the channel now and then more than status holds.</summary>
    public static string Result(Random random, bool isPosted) =>
        $$"""{"value":"x{{random.Next(2)}}{{(isPosted && random.Next(3) == 0 ? new string('y', 1200) : "")}}"}""";

    private static WorkflowStep Container(Random random, string? source) => new()
    {
        Name = "",
        Container = new ContainerStep { Image = "x", Args = source is null ? null : [$"{{{{ steps.{source}.outputs.value }}}}"] },
        Outputs = random.Next(5) == 0 ? null : [new StepOutput { Name = "value" }],
    };

    private static WorkflowStep Tool(Random random, string? source) => new()
    {
        Name = "",
        Tool = new ToolStep { Mcp = new McpServer { Name = "m", Url = "http://m:1/mcp" }, Name = "t", Arguments = source is null ? null : JsonSerializer.SerializeToElement($"{{{{ steps.{source}.outputs.value }}}}") },
        Outputs = random.Next(5) == 0 ? null : [new StepOutput { Name = "value" }],
    };

    private static WorkflowStep Nested(Random random) => new()
    {
        Name = "",
        Workflow = new NestedWorkflowStep { Name = "library" },
        Outputs = random.Next(2) == 0 ? null : [new StepOutput { Name = "value" }],
    };

    private static ForEach Items(Random random, string? list) => new()
    {
        Items = list is not null && random.Next(2) == 0 ? $"steps.{list}.outputs.value" : $"[{string.Join(", ", Enumerable.Range(0, random.Next(6)).Select(static i => $"'x{i}'"))}]",
        Parallelism = random.Next(2) == 0 ? null : random.Next(1, 4),
        MaxFailed = random.Next(2) == 0 ? null : random.Next(3),
        Enough = random.Next(4) == 0 ? random.Next(1, 3) : null,
    };

    private static WorkflowStep Gate(Random random) => new()
    {
        Name = "",
        Approval = new ApprovalStep
        {
            Approvers = new Approvers { Users = People },
            Quorum = random.Next(1, 4),
            AllowSelf = random.Next(2) == 0,
            Timeout = random.Next(2) == 0 ? new Duration($"{random.Next(10, 60)}s") : null,
            OnTimeout = RandomSpec.Pick<string?>(random, null, GateTimeoutActions.Fail, GateTimeoutActions.Approve, GateTimeoutActions.Skip),
        },
    };

    private static WorkflowStep Wait(Random random) => new()
    {
        Name = "",
        Wait = random.Next(2) == 0
            ? new WaitStep { Duration = new Duration($"{random.Next(1, 20)}s") }
            : new WaitStep { Event = new WaitEvent { Name = "e", Timeout = new Duration("20s"), OnTimeout = RandomSpec.Pick<string?>(random, null, WaitTimeoutActions.Skip) } },
    };

    private static RetryPolicy Retry(Random random) => new()
    {
        Limit = random.Next(4),
        Policy = RandomSpec.Pick(random, RetryPolicies.OnFailure, RetryPolicies.OnError, RetryPolicies.Always),
        Backoff = random.Next(2) == 0 ? new RetryBackoff { Initial = new Duration("3s"), JitterPercent = random.Next(101) } : null,
        NonRetryableExitCodes = random.Next(3) == 0 ? [2] : null,
    };
}
