using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>Random graphs with random policies.</summary>
internal static class RandomSpec
{
    public static WorkflowSpec Of(Random random) => new()
    {
        Steps = Steps(random, "s", random.Next(1, 12)),
        Finally = random.Next(3) == 0 ? null : Steps(random, "f", random.Next(1, 4)),
        Parallelism = random.Next(2) == 0 ? null : random.Next(1, 4),
        Timeouts = random.Next(2) == 0
            ? null
            : new RunTimeouts { Run = random.Next(2) == 0 ? null : new Duration($"{random.Next(1, 40)}s"), Finally = random.Next(2) == 0 ? null : new Duration($"{random.Next(1, 20)}s") },
        OnChange = Pick<string?>(random, null, ChangePolicies.Queue, ChangePolicies.Replace, ChangePolicies.Ignore),
        RerunPolicy = Pick<string?>(random, null, null, RerunPolicies.OnChange, RerunPolicies.Manual),
        HistoryLimit = Pick<int?>(random, null, 0, 1, 3),
    };

    /// <summary>A change of the spec: of what runs, of what controls it, or of nothing.</summary>
    public static WorkflowSpec Change(Random random, WorkflowSpec spec) => random.Next(5) switch
    {
        0 => spec with { RunToken = $"t{random.Next(3)}" },
        1 => spec with { Steps = Steps(random, "s", random.Next(1, 8)) },
        2 => spec with { Steps = [new WorkflowStep { Name = "loop", Needs = ["loop"], Container = new ContainerStep { Image = "x" } }] },
        3 => spec with { HistoryLimit = random.Next(4) },
        _ => spec with { Suspend = spec.Suspend != true },
    };

    public static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];

    private static List<WorkflowStep> Steps(Random random, string prefix, int count)
    {
        List<WorkflowStep> steps = [];
        for (int i = 0; i < count; i++)
        {
            List<string> needs = [.. steps.Where(_ => random.Next(3) == 0).Select(static step => step.Name).Take(20)];
            steps.Add(new WorkflowStep
            {
                Name = $"{prefix}{i}",
                Needs = needs,
                Container = new ContainerStep { Image = "x", Args = needs.Count == 0 || prefix == "f" ? null : [$"{{{{ steps.{needs[0]}.outputs.value }}}}"] },
                Outputs = [new StepOutput { Name = "value" }],
                Idempotent = random.Next(2) == 0 ? true : null,
                Retry = random.Next(2) == 0 ? Retry(random) : null,
            });
        }

        return [.. steps.OrderBy(_ => random.Next())];
    }

    private static RetryPolicy Retry(Random random) => new()
    {
        Limit = random.Next(4),
        Policy = Pick(random, RetryPolicies.OnFailure, RetryPolicies.OnError, RetryPolicies.Always),
        Backoff = random.Next(2) == 0 ? new RetryBackoff { Initial = new Duration("3s"), JitterPercent = random.Next(101) } : null,
        NonRetryableExitCodes = random.Next(3) == 0 ? [2] : null,
    };
}
