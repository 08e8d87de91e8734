using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Observing;

namespace AgentOperator.Tests.Workflows;

/// <summary>Which end of an attempt is whose fault, and whether another follows: the table of the documentation.</summary>
public sealed class AttemptEndTests
{
    private static readonly AttemptObservation NonZero = Failed(new PodObservation { ExitCode = 1, TerminationReason = "Error" });

    private static readonly Dictionary<string, AttemptObservation> Seen = new(StringComparer.Ordinal)
    {
        ["exit code"] = NonZero,
        ["out of memory"] = Failed(new PodObservation { ExitCode = 137, TerminationReason = "OOMKilled" }),
        ["timeout"] = new AttemptObservation { State = AttemptState.Failed, Reason = "DeadlineExceeded" },
        ["bad output"] = Complete(new PodObservation { ExitCode = 0, TerminationMessage = "no" }),
        ["Job refused"] = new AttemptObservation { State = AttemptState.Refused, Message = "quota" },
        ["Job invalid"] = new AttemptObservation { State = AttemptState.Refused, IsInvalid = true, Message = "no" },
        ["Job gone"] = new AttemptObservation { State = AttemptState.Gone },
        ["pod gone"] = Failed(null),
        ["pod deleted"] = Failed(new PodObservation { ExitCode = 143, IsDeleting = true }),
        ["result gone"] = Complete(null),
        ["pod refused by its node"] = Failed(new PodObservation { TerminationReason = "OutOfcpu" }),
    };

    [Theory]
    [InlineData("exit code", StepPhases.Failed, "NonZeroExit", true, false)]
    [InlineData("out of memory", StepPhases.Failed, "OOMKilled", true, false)]
    [InlineData("timeout", StepPhases.Failed, "DeadlineExceeded", true, false)]
    [InlineData("bad output", StepPhases.Failed, "BadOutput", true, false)]
    [InlineData("Job refused", StepPhases.Errored, "JobRefused", false, true)]
    [InlineData("Job invalid", StepPhases.Errored, "InvalidJob", false, false)]
    [InlineData("Job gone", StepPhases.Errored, "ResultLost", false, false)]
    [InlineData("pod gone", StepPhases.Errored, "ResultLost", false, false)]
    [InlineData("pod deleted", StepPhases.Errored, "ResultLost", false, false)]
    [InlineData("result gone", StepPhases.Errored, "ResultLost", false, false)]
    [InlineData("pod refused by its node", StepPhases.Errored, "PodLost", false, true)]
    public void An_end_is_the_steps_or_the_platforms(string what, string phase, string reason, bool underOnFailure, bool underOnError)
    {
        AttemptObservation seen = Seen[what];
        AttemptEnd end = AttemptEnd.Of(Step(null), seen).ShouldNotBeNull(what);

        end.Phase.ShouldBe(phase);
        end.Reason.ShouldBe(reason);
        (Attempts(Step(RetryPolicies.OnFailure), seen) == 2).ShouldBe(underOnFailure);
        (Attempts(Step(null), seen) == 2).ShouldBe(underOnFailure);
        (Attempts(Step(RetryPolicies.OnError), seen) == 2).ShouldBe(underOnError);
        (Attempts(Step(RetryPolicies.Always), seen) == 2).ShouldBe(underOnFailure || underOnError);
    }

    [Theory]
    [InlineData(RetryPolicies.OnError, 2)]
    [InlineData(RetryPolicies.Always, 2)]
    [InlineData(RetryPolicies.OnFailure, 1)]
    public void A_lost_result_is_tried_again_by_an_idempotent_step(string policy, int attempts) =>
        Attempts(Step(policy) with { Idempotent = true }, Failed(null)).ShouldBe(attempts);

    [Fact]
    public void An_exit_code_can_say_that_trying_again_is_of_no_use()
    {
        WorkflowStep step = Step(null) with { Retry = new RetryPolicy { Limit = 1, NonRetryableExitCodes = [64, 1] } };

        Attempts(step, NonZero).ShouldBe(1);
        Attempts(step, Failed(new PodObservation { ExitCode = 2 })).ShouldBe(2);
    }

    [Fact]
    public void Waits_grow_up_to_their_limit()
    {
        RetryPolicy policy = new() { Limit = 100, Backoff = new RetryBackoff { Initial = new Duration("2s"), Factor = 3, Max = new Duration("1m") } };
        AttemptEnd end = AttemptEnd.Of(Step(null), NonZero)!;

        new[] { 1, 2, 3, 4, 5, 99 }.Select(attempt => Retries.Delay(policy, end, attempt, "key")!.Value.TotalSeconds).ShouldBe([2, 6, 18, 54, 60, 60]);
        Retries.Delay(policy, end, 101, "key").ShouldBeNull();
    }

    [Fact]
    public void Jitter_shortens_each_wait_by_a_share_of_its_own_and_always_the_same()
    {
        RetryPolicy policy = new() { Limit = 9, Backoff = new RetryBackoff { Initial = new Duration("100s"), JitterPercent = 20 } };
        AttemptEnd end = AttemptEnd.Of(Step(null), NonZero)!;
        double[] waits = [.. Enumerable.Range(0, 200).Select(i => Retries.Delay(policy, end, 1, $"key {i}")!.Value.TotalSeconds)];

        waits.ShouldAllBe(wait => wait >= 80 && wait <= 100);
        (waits.Max() - waits.Min()).ShouldBeGreaterThan(15);
        Retries.Delay(policy, end, 1, "key 7")!.Value.TotalSeconds.ShouldBe(waits[7]);
    }

    private static int Attempts(WorkflowStep step, AttemptObservation seen) => new Life(step).Turn().See("a", seen)["a"].Attempt;

    private static WorkflowStep Step(string? policy) => Life.Step("a") with { Outputs = [new StepOutput { Name = "x" }], Retry = new RetryPolicy { Limit = 1, Policy = policy } };

    private static AttemptObservation Failed(PodObservation? pod) => new() { State = AttemptState.Failed, Reason = "BackoffLimitExceeded", Pod = pod };

    private static AttemptObservation Complete(PodObservation? pod) => new() { State = AttemptState.Complete, Pod = pod };
}
