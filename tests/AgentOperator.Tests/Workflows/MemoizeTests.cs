using System.Text.Json;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Memos;
using AgentOperator.Workflows.Results;

namespace AgentOperator.Tests.Workflows;

/// <summary>Earlier successes of the same work.</summary>
public sealed class MemoizeTests
{
    private static readonly DateTimeOffset Then = new(2026, 5, 1, 11, 0, 0, TimeSpan.Zero);
    private static readonly JsonElement Small = JsonElement.Parse("7");
    private static readonly JsonElement Large = JsonElement.Parse($"\"{new string('x', 5000)}\"");

    private static readonly WorkflowStep Work = Life.Step("work") with
    {
        Container = new ContainerStep { Image = "i", Args = ["{{ params.x }}"] },
        Outputs = [new StepOutput { Name = "n", Type = ValueTypes.Integer }, new StepOutput { Name = "text" }],
        Memoize = new Memoization { MaxAge = new Duration("2h") },
    };

    [Fact]
    public void An_earlier_success_stands_for_the_step_and_no_job_runs()
    {
        Life life = Of(new FakeMemos(Kept(Then)));
        life.Decision.Missing.ShouldHaveSingleItem().Bytes.ShouldBe(1, "only small values are copied into status");
        life.Loaded.Add(OutputSpill.Digest(Small), Small);
        life.Turn();

        life.Decision.Starts.ShouldHaveSingleItem().Step.Name.ShouldBe("after");
        StepStatus work = life["work"];
        (work.Phase, work.Attempt, work.Job).ShouldBe((StepPhases.Succeeded, 0, null));
        work.Message.ShouldBe("the result of Workflow other, run 3, from 2026-05-01T11:00:00Z was taken over");
        (work.Memo!.Workflow, work.Memo.Run, work.Memo.FinishedAt!.Value.Value).ShouldBe(("other", 3, Then));
        work.Outputs!["n"].GetInt32().ShouldBe(7);
        work.References!["text"].ConfigMap.ShouldBe("memo-1");
        life.News.ShouldContain("Normal StepMemoized: step work: the result of Workflow other, run 3, from 2026-05-01T11:00:00Z was taken over");
        life.Decision.Memos.ShouldBeEmpty("what was taken over is not done anew");
        life.Succeed("after").Status.Phase.ShouldBe(WorkflowPhases.Succeeded);
    }

    [Theory]
    [InlineData(-3, 1)]
    [InlineData(-1, 0)]
    public void A_success_that_is_too_old_or_has_expired_does_not_count(int finished, int expires)
    {
        Life life = Of(new FakeMemos(Kept(Then.AddHours(1 + finished), Then.AddHours(1 + expires))));

        life["work"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void A_success_whose_values_are_gone_does_not_count()
    {
        Life life = Of(new FakeMemos(Kept(Then)));
        life.Lost.Add(OutputSpill.Digest(Large));
        life.Turn();

        life["work"].Phase.ShouldBe(StepPhases.Starting);
    }

    [Fact]
    public void A_success_is_kept_with_its_digest_and_until_when_it_counts()
    {
        FakeMemos memos = new();
        Life life = Of(memos).Succeed("work", """{"n":1,"text":"a"}""");

        MemoKeep kept = life.Decision.Memos.ShouldHaveSingleItem();
        (kept.Digest, kept.Job).ShouldBe((memos.Asked[^1], life["work"].Job));
        (kept.ExpiresAt - kept.FinishedAt).ShouldBe(TimeSpan.FromHours(2));
        kept.Step.Outputs!["text"].GetString().ShouldBe("a");
        life.Turn().Decision.Memos.ShouldBeEmpty();
    }

    [Fact]
    public void A_failure_is_not_kept_and_a_retry_looks_nothing_up()
    {
        FakeMemos memos = new();
        Life life = Of(memos, Work with { Retry = new RetryPolicy { Limit = 1 } }).Fail("work");
        life.Decision.Memos.ShouldBeEmpty();
        int asked = memos.Asked.Count;

        life.After(TimeSpan.FromMinutes(1));
        life["work"].Attempt.ShouldBe(2);
        memos.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public void A_result_that_a_checkpoint_refuses_is_not_kept()
    {
        Life life = Of(new FakeMemos(), Work with { Checkpoint = new StepCheckpoint { Action = CheckpointActions.Fail, When = "steps.work.outputs.n > 0" } }).Succeed("work", """{"n":1,"text":"a"}""");

        life["work"].Reason.ShouldBe("CheckpointFailed");
        life.Decision.Memos.ShouldBeEmpty();
    }

    [Fact]
    public void Other_values_and_another_key_make_another_digest()
    {
        string Digest(string x, string? key)
        {
            FakeMemos memos = new();
            _ = Of(memos, Work with { Memoize = new Memoization { MaxAge = new Duration("1h"), Key = key } }, x);
            return memos.Asked[0];
        }

        string[] digests = [Digest("1", null), Digest("2", null), Digest("1", "a"), Digest("1", "{{ params.key }}"), Digest("1", "null")];

        digests.Distinct().Count().ShouldBe(digests.Length);
        Digest("1", "k").ShouldBe(Digest("1", "{{ params.key }}"), "only the rendered key counts");
    }

    [Fact]
    public void A_rerun_from_the_very_step_does_it_anew_and_one_from_elsewhere_does_not()
    {
        FakeMemos memos = new();
        Life life = Of(memos).Succeed("work", """{"n":1,"text":"a"}""").Succeed("after");
        memos.Asked.Clear();

        life.Rerun("1/from=work");
        life["work"].ShouldSatisfyAllConditions(work => work.Phase.ShouldBe(StepPhases.Starting), work => work.Memo!.IsAnew.ShouldBe(true));
        memos.Asked.ShouldBeEmpty();
        life.Succeed("work", """{"n":2,"text":"b"}""").Decision.Memos.ShouldHaveSingleItem("the new result takes the place of the old one");
    }

    [Fact]
    public void A_key_that_has_no_value_fails_the_step()
    {
        Life life = Of(new FakeMemos(), Work with { Memoize = new Memoization { MaxAge = new Duration("1h"), Key = "{{ 1 / int(params.x) }}" } }, "0");

        (life["work"].Phase, life["work"].Reason).ShouldBe((StepPhases.Failed, "ExpressionFailed"));
        life["work"].Message.ShouldNotBeNull().ShouldStartWith("memoize.key: ");
    }

    private static Life Of(FakeMemos memos, WorkflowStep? step = null, string x = "1") => new Life(new WorkflowSpec
    {
        Params = [new WorkflowParameter { Name = "x", Required = true, Value = JsonElement.Parse($"\"{x}\"") }, new WorkflowParameter { Name = "key", Value = JsonElement.Parse("\"k\"") }],
        Steps = [step ?? Work, Life.Step("after", "work")],
    })
    { Memos = memos }.Turn();

    private static Memo Kept(DateTimeOffset finished, DateTimeOffset? expires = null) => new()
    {
        Workflow = "other",
        Run = 3,
        Step = "work",
        FinishedAt = finished,
        ExpiresAt = expires ?? finished.AddHours(2),
        Outputs = new Dictionary<string, OutputReference>
        {
            ["n"] = new OutputReference { ConfigMap = "memo-1", Sha256 = OutputSpill.Digest(Small), Bytes = 1 },
            ["text"] = new OutputReference { ConfigMap = "memo-1", Sha256 = OutputSpill.Digest(Large), Bytes = 5002 },
        },
    };
}
