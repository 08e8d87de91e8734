using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>Random graphs with random policies.</summary>
internal static class RandomSpec
{
    public static WorkflowSpec Of(Random random) => WithOutputs(random, new()
    {
        Steps = Steps(random, "s", random.Next(1, 12)),
        Finally = random.Next(3) == 0 ? null : Steps(random, "f", random.Next(1, 4)),
        Parallelism = random.Next(2) == 0 ? null : random.Next(1, 4),
        Timeouts = random.Next(2) == 0
            ? null
            : new RunTimeouts { Run = random.Next(2) == 0 ? null : new Duration($"{random.Next(1, 40)}s"), Finally = random.Next(2) == 0 ? null : new Duration($"{random.Next(1, 20)}s"), Compensate = random.Next(3) == 0 ? new Duration($"{random.Next(1, 20)}s") : null },
        OnDelete = random.Next(2) == 0 ? DeletePolicies.Compensate : null,
        OnChange = Pick<string?>(random, null, ChangePolicies.Queue, ChangePolicies.Replace, ChangePolicies.Ignore),
        RerunPolicy = Pick<string?>(random, null, null, RerunPolicies.OnChange, RerunPolicies.Manual),
        HistoryLimit = Pick<int?>(random, null, 0, 1, 3),
        Mutex = random.Next(10) == 0 ? "of-runs" : null,
    });

    /// <summary>A change of the spec: of what runs, of what controls it, or of nothing.</summary>
    public static WorkflowSpec Change(Random random, WorkflowSpec spec) => random.Next(5) switch
    {
        0 => spec with { RunToken = $"t{random.Next(3)}" },
        1 => spec with { Steps = Steps(random, "s", random.Next(1, 8)), Outputs = null },
        2 => spec with { Steps = [new WorkflowStep { Name = "loop", Needs = ["loop"], Container = new ContainerStep { Image = "x" } }], Outputs = null },
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
            string? text = Source(steps, needs, RandomStep.GivesText);
            steps.Add(RandomStep.Of(random, prefix == "s", text, Source(steps, needs, RandomStep.GivesList)) with
            {
                Name = $"{prefix}{i}",
                Needs = needs,
                When = random.Next(6) != 0 ? null : text is null ? Pick(random, "true", "false") : $"steps.{text}.outputs.value == 'x0'",
            });
        }

        return [.. (prefix == "s" ? WithLoops(random, steps) : steps).OrderBy(_ => random.Next())];
    }

    private static string? Source(List<WorkflowStep> steps, List<string> needs, Func<WorkflowStep, bool> gives) => steps.FirstOrDefault(step => needs.Contains(step.Name) && gives(step))?.Name;

    /// <summary>Results of the run as a whole.</summary>
    private static WorkflowSpec WithOutputs(Random random, WorkflowSpec spec) => spec.Steps.FirstOrDefault(RandomStep.GivesText) is { } source && random.Next(3) == 0
        ? spec with { Outputs = [new WorkflowOutput { Name = "value", Value = JsonSerializer.SerializeToElement($"{{{{ steps.{source.Name}.outputs.value }}}}") }] }
        : spec;

    /// <summary>Some ways back, of those that are allowed.</summary>
    private static List<WorkflowStep> WithLoops(Random random, List<WorkflowStep> steps)
    {
        for (int tries = random.Next(4); tries > 0; tries--)
        {
            int tail = random.Next(steps.Count);
            IReadOnlySet<string> before = StepGraph.Ancestors(steps)[steps[tail].Name];
            string head = before.Count == 0 || random.Next(4) == 0 ? steps[tail].Name : before.ElementAt(random.Next(before.Count));
            string? when = !RandomStep.GivesText(steps[tail]) ? null : $"steps.{steps[tail].Name}.outputs.value == 'x1'";
            List<WorkflowStep> looped = [.. steps];
            looped[tail] = looped[tail] with { Next = new StepNext { Goto = head, When = when, MaxVisits = random.Next(1, 4), OnMaxVisits = Pick<string?>(random, LoopLimitActions.Continue, null) } };
            if (!LoopCheck.Problems(new RunSpec { Steps = looped }).Any())
            {
                steps = looped;
            }
        }

        return steps;
    }
}
