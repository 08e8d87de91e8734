using AgentOperator.Api.Workflows;
using AgentOperator.Cli.Output;
using AgentOperator.Cli.Runs;
using AgentOperator.Cli.Tree;

namespace AgentOperator.Cli.Tests.Tree;

/// <summary>What <c>tree</c> prints.</summary>
public sealed class RunLinesTests
{
    private static readonly WorkflowStep[] Diamond =
    [
        Sample.Step("list"), Sample.Step("count", "list"), Sample.Step("check", "list"), Sample.Step("pack", "list"), Sample.Step("verify", "pack"), Sample.Step("report", "count", "check", "verify"),
    ];

    [Fact]
    public void What_goes_side_by_side_is_a_branch_and_what_waits_for_all_of_it_stands_behind()
    {
        Workflow workflow = Sample.Of("quickstart", Diamond, new WorkflowStatus
        {
            ObservedGeneration = 1,
            Phase = WorkflowPhases.Running,
            Run = 7,
            Progress = "4/6",
            StartedAt = Sample.At(133),
            Cost = "0.12 USD",
            Message = "the run is under way",
            Steps =
            [
                Ended("list", 133, 121.5),
                Ended("count", 121, 80),
                new StepStatus { Name = "check", Phase = StepPhases.Failed, Attempt = 2, Reason = "NonZeroExit", Message = "exit code 1:\u001b[2J two\nfindings", StartedAt = Sample.At(121), FinishedAt = Sample.At(60) },
                Ended("pack", 121, 100),
                new StepStatus { Name = "verify", Phase = StepPhases.Waiting, Attempt = 1, StartedAt = Sample.At(99), Waiting = new StepWaiting { Reason = WaitingReasons.Backoff, Message = "attempt 2 of 3", Until = Sample.At(-4) } },
                new StepStatus { Name = "report", Phase = StepPhases.Pending },
            ],
        });

        Sample.Text(workflow, isRich: true).ShouldBe("""
            workflow/quickstart  run 7  ● Running  4/6  2m13s  0.12 USD
            the run is under way
            ✔ list       Succeeded   11s
            ├─ ✔ count   Succeeded   41s
            ├─ ✖ check   Failed      1m1s    attempt 2  NonZeroExit: exit code 1: [2J two findings
            └─ ✔ pack    Succeeded   21s
               ◷ verify  Waiting     1m39s   Backoff: attempt 2 of 3 (until 2026-03-01 14:00:04Z, in 4s)
            ○ report     Pending             needs count, check, verify
            """);
        Sample.Text(workflow, isRich: false).ShouldBe("""
            workflow/quickstart  run 7  Running  4/6  2m13s  0.12 USD
            the run is under way
            list      Succeeded   11s
              count   Succeeded   41s
              check   Failed      1m1s    attempt 2  NonZeroExit: exit code 1: [2J two findings
              pack    Succeeded   21s
              verify  Waiting     1m39s   Backoff: attempt 2 of 3 (until 2026-03-01 14:00:04Z, in 4s)
            report    Pending             needs count, check, verify
            """);
    }

    [Fact]
    public void Loops_items_nested_runs_compensations_and_finally_are_shown()
    {
        WorkflowStep[] steps =
        [
            Sample.Step("review"),
            Sample.Step("fix", "review") with { Next = new StepNext { Goto = "review", MaxVisits = 3 } },
            Sample.Step("test", "fix"),
            new() { Name = "release", Needs = ["test"], Workflow = new NestedWorkflowStep { Name = "release" } },
        ];
        Workflow workflow = Sample.Of(
            "w",
            steps,
            new WorkflowStatus
            {
                ObservedGeneration = 1,
                Phase = WorkflowPhases.Running,
                Run = 2,
                RerunOf = 1,
                StartedAt = Sample.At(60),
                Steps =
                [
                    Ended("review", 60, 50) with { Visit = 2, Usage = new StepUsage { Requests = 3, CostMicros = 12_300, Currency = "USD" } },
                    new StepStatus { Name = "fix", Phase = StepPhases.Succeeded, Visit = 2, ReusedFrom = 1 },
                    new StepStatus { Name = "test", Phase = StepPhases.Running, Attempt = 1, StartedAt = Sample.At(9), Items = new ItemsStatus { Total = 10, Digest = "d", Succeeded = "0-5,7", Failed = "6", Running = "8-9" } },
                    new StepStatus { Name = "release", Phase = StepPhases.Running, Job = "release-1", StartedAt = Sample.At(5) },
                ],
                Compensations = [new StepStatus { Name = "deploy", Phase = StepPhases.Running, Attempt = 1, StartedAt = Sample.At(2) }],
                Finally = [new StepStatus { Name = "notify", Phase = StepPhases.Pending }],
            },
            [Sample.Step("notify")]);
        Workflow child = Sample.Of("release-1", [Sample.Step("a"), Sample.Step("b", "a")], new WorkflowStatus
        {
            ObservedGeneration = 1,
            Phase = WorkflowPhases.Running,
            Run = 1,
            Steps = [Ended("a", 5, 4), new StepStatus { Name = "b", Phase = StepPhases.Waiting, Waiting = new StepWaiting { Reason = WaitingReasons.Lock, Message = "mutex staging is held by default/other, run 3" } }],
        });

        Sample.Text(workflow, isRich: true, child).ShouldBe("""
            workflow/w  run 2  ● Running  1m  rerun of 1
            ✔ review    Succeeded   10s     visit 2  0.0123 USD
            ✔ fix       Succeeded           visit 2 of 3  taken from run 1
            ● test      Running     9s      7/10 items, 1 failed, 2 under way
            ● release   Running     5s
              ✔ a       Succeeded   1s
              ◷ b       Waiting             Lock: mutex staging is held by default/other, run 3
            compensation
              ● deploy  Running     2s
            finally
              ○ notify  Pending
            """);
    }

    [Fact]
    public void A_workflow_that_nobody_has_taken_up_says_so()
    {
        Sample.Text(Sample.Of("new", [Sample.Step("a"), Sample.Step("b")], null), isRich: false).ShouldBe("""
            workflow/new  Pending
            the operator has not taken it up yet
              a  Pending
              b  Pending
            """);
    }

    [Fact]
    public void A_long_run_fits_the_screen_and_keeps_what_matters()
    {
        StepStatus[] steps = [.. Enumerable.Range(0, 300).Select(static i => i switch
        {
            150 => new StepStatus { Name = "bad", Phase = StepPhases.Failed, Message = "no" },
            200 => new StepStatus { Name = "busy", Phase = StepPhases.Running },
            _ => new StepStatus { Name = $"s{i}", Phase = StepPhases.Succeeded },
        })];
        RunView run = RunViewReader.Read(new WorkflowFamily(Sample.Of("w", [.. steps.Select(static step => Sample.Step(step.Name))], new WorkflowStatus { ObservedGeneration = 1, Phase = WorkflowPhases.Running, Steps = steps }), new Dictionary<string, Workflow>()));

        IReadOnlyList<Line> lines = RunLines.Fit(run, isRich: true, Sample.Now, height: 10);

        lines.Count.ShouldBe(10);
        lines.ShouldContain(static line => line.ToString().Contains("bad", StringComparison.Ordinal));
        lines.ShouldContain(static line => line.ToString().Contains("busy", StringComparison.Ordinal));
        lines[^1].ToString().ShouldBe("… 292 more: run without --watch to see all");
    }

    [Fact]
    public void A_chain_of_500_steps_is_as_narrow_as_one_step()
    {
        WorkflowStep[] steps = [.. Enumerable.Range(0, 500).Select(static i => i == 0 ? Sample.Step("s0") : Sample.Step($"s{i}", $"s{i - 1}"))];

        IReadOnlyList<StepTreeRow> rows = StepTree.Rows(RunViewReader.Read(new WorkflowFamily(Sample.Of("w", steps, null), new Dictionary<string, Workflow>())).Steps);

        rows.Select(static row => row.Step.Name).ShouldBe(steps.Select(static step => step.Name));
        rows.ShouldAllBe(static row => row.Levels.Count == 0);
    }

    [Fact]
    public void A_circle_in_a_file_does_not_hang()
    {
        IReadOnlyList<StepTreeRow> rows = StepTree.Rows(RunViewReader.Read(new WorkflowFamily(Sample.Of("w", [Sample.Step("a", "b"), Sample.Step("b", "a"), Sample.Step("c")], null), new Dictionary<string, Workflow>())).Steps);

        rows.Select(static row => row.Step.Name).Order().ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public void A_wide_line_is_cut_to_the_screen()
    {
        new Line(new Span("name "), new Span(new string('x', 100), Tone.Bad)).Cut(20).ToString().ShouldBe("name xxxxxxxxxxxxxx…");
    }

    [Fact]
    public void The_list_has_what_is_under_way_first()
    {
        RunView[] runs =
        [
            new() { Namespace = "a", Name = "old", Phase = WorkflowPhases.Succeeded, Run = 3, Progress = "2/2", StartedAt = Sample.At(300), FinishedAt = Sample.At(200), Cost = "1.00 USD" },
            new() { Namespace = "b", Name = "now", Phase = WorkflowPhases.Running, Run = 1, Progress = "0/2", StartedAt = Sample.At(75), Waiting = "Backoff: build" },
        ];

        string.Join('\n', RunList.Lines(RunList.Sort(runs), withNamespace: true, Sample.Now).Select(static line => line.ToString())).ShouldBe("""
            NAMESPACE   NAME   RUN   PHASE       PROGRESS   DURATION   COST       WAITING
            b           now    1     Running     0/2        1m15s      -          Backoff: build
            a           old    3     Succeeded   2/2        1m40s      1.00 USD
            """);
    }

    private static StepStatus Ended(string name, double from, double to) =>
        new() { Name = name, Phase = StepPhases.Succeeded, Attempt = 1, StartedAt = Sample.At(from), FinishedAt = Sample.At(to) };
}
