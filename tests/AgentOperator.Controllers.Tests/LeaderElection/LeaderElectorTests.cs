using System.Text.Json;
using AgentOperator.Controllers.LeaderElection;
using AgentOperator.Controllers.Tests.Fixtures;
using AgentOperator.Controllers.Tests.Metrics;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;
using AgentOperator.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.Controllers.Tests.LeaderElection;

public sealed class LeaderElectorTests
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryLease _lease = new();

    [Fact(Timeout = Limits.Hang)]
    public async Task Without_a_lease_the_first_candidate_leads_at_once()
    {
        (LeaderElector elector, Leadership leadership) = Candidate("a");
        await elector.AcquireAsync(TestContext.Current.CancellationToken);

        leadership.IsHeld.ShouldBeTrue();
        _lease.Current!.Spec!.HolderIdentity.ShouldBe("a");
        _lease.Current.Spec.LeaseTransitions.ShouldBe(0);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_released_lease_is_taken_over_and_not_made_again(string? holder)
    {
        _lease.Put(new LeaseSpec { HolderIdentity = holder, LeaseDurationSeconds = 1, LeaseTransitions = 7 });
        (LeaderElector elector, Leadership leadership) = Candidate("a");
        await elector.AcquireAsync(TestContext.Current.CancellationToken);

        leadership.IsHeld.ShouldBeTrue();
        _lease.Current!.Spec!.LeaseTransitions.ShouldBe(8);
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task A_silent_holder_is_respected_for_its_lease_whatever_its_clock_says(int skewSeconds)
    {
        _lease.Put(new LeaseSpec { HolderIdentity = "other", LeaseDurationSeconds = 15, RenewTime = new MicroTime(_time.GetUtcNow().AddSeconds(skewSeconds)) });
        (LeaderElector elector, Leadership leadership) = Candidate("a");
        Task acquiring = elector.AcquireAsync(TestContext.Current.CancellationToken);
        for (int seconds = 2; seconds < 15; seconds += 2)
        {
            await AdvanceAsync(Retry, acquiring);
            leadership.IsHeld.ShouldBeFalse($"after {seconds} s");
        }

        await AdvanceAsync(Retry, acquiring);
        await acquiring;
        leadership.IsHeld.ShouldBeTrue();
        _lease.Current!.Spec!.HolderIdentity.ShouldBe("a");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_holder_that_renews_keeps_the_lease_for_ever()
    {
        (LeaderElector first, Leadership held) = Candidate("a");
        (LeaderElector second, Leadership other) = Candidate("b");
        await first.AcquireAsync(TestContext.Current.CancellationToken);
        using CancellationTokenSource stop = new();
        Task holding = first.HoldAsync(stop.Token);
        Task waiting = second.AcquireAsync(stop.Token);
        for (int i = 0; i < 50; i++)
        {
            await AdvanceAsync(Retry, holding, waiting);
            held.IsHeld.ShouldBeTrue();
            other.IsHeld.ShouldBeFalse();
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(holding);
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    public static TheoryData<Exception> Faults => [new HttpRequestException("refused"), new KubeConfigException("the credential plugin failed"), new JsonException("a proxy's page")];

    [Theory(Timeout = Limits.Hang)]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task A_server_or_credential_that_fails_for_less_than_the_deadline_costs_nothing(Exception fault)
    {
        (LeaderElector elector, Leadership leadership) = Candidate("a");
        await elector.AcquireAsync(TestContext.Current.CancellationToken);
        using CancellationTokenSource stop = new();
        Task holding = elector.HoldAsync(stop.Token);

        _lease.Fault = fault;
        await AdvanceAsync(Retry, holding);
        await AdvanceAsync(Retry, holding);
        _lease.Fault = null;
        await AdvanceAsync(Retry, holding);
        await AdvanceAsync(TimeSpan.FromSeconds(10), holding);

        leadership.IsHeld.ShouldBeTrue();
        holding.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(holding);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_leader_that_cannot_renew_within_the_deadline_is_lost_before_its_lease_ends()
    {
        (LeaderElector elector, Leadership leadership) = Candidate("a");
        await elector.AcquireAsync(TestContext.Current.CancellationToken);
        Task holding = elector.HoldAsync(TestContext.Current.CancellationToken);

        _lease.Fault = new HttpRequestException("refused");
        for (int i = 0; i < 5; i++)
        {
            await AdvanceAsync(Retry, holding);
        }

        await Should.ThrowAsync<LeaderLostException>(holding);
        leadership.IsHeld.ShouldBeFalse();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_renewal_that_hangs_is_cut_off_and_its_late_answer_revives_nothing()
    {
        (LeaderElector elector, Leadership leadership) = Candidate("a");
        await elector.AcquireAsync(TestContext.Current.CancellationToken);
        Task holding = elector.HoldAsync(TestContext.Current.CancellationToken);
        TaskCompletionSource answer = new();
        _lease.Hang = answer.Task;

        await SettleAsync([holding]);
        _time.Advance(Retry);
        await _time.WaitStartedAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(8));
        await Should.ThrowAsync<LeaderLostException>(holding);
        answer.SetResult();

        leadership.IsHeld.ShouldBeFalse();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_process_that_was_stopped_for_longer_than_its_lease_may_not_write()
    {
        (LeaderElector elector, Leadership leadership) = Candidate("a");
        await elector.AcquireAsync(TestContext.Current.CancellationToken);

        // Nothing of this process runs meanwhile, then a write asks.
        _time.Advance(TimeSpan.FromSeconds(15));

        leadership.IsHeld.ShouldBeFalse();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_wall_clock_that_jumps_costs_nobody_the_lease()
    {
        (LeaderElector elector, Leadership leadership) = Candidate("a");
        await elector.AcquireAsync(TestContext.Current.CancellationToken);
        _time.ShiftWallClock(TimeSpan.FromHours(1));

        leadership.IsHeld.ShouldBeTrue();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_lease_that_is_released_is_free_at_once()
    {
        (LeaderElector first, Leadership held) = Candidate("a");
        await first.AcquireAsync(TestContext.Current.CancellationToken);
        await first.ReleaseAsync(TestContext.Current.CancellationToken);
        held.IsHeld.ShouldBeFalse();

        (LeaderElector second, Leadership other) = Candidate("b");
        await second.AcquireAsync(TestContext.Current.CancellationToken);
        other.IsHeld.ShouldBeTrue();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_lease_that_somebody_deleted_is_made_again()
    {
        (LeaderElector elector, Leadership leadership) = Candidate("a");
        await elector.AcquireAsync(TestContext.Current.CancellationToken);
        using CancellationTokenSource stop = new();
        Task holding = elector.HoldAsync(stop.Token);

        _lease.Delete();
        await AdvanceAsync(Retry, holding);
        await AdvanceAsync(Retry, holding);

        _lease.Current!.Spec!.HolderIdentity.ShouldBe("a");
        leadership.IsHeld.ShouldBeTrue();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(holding);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_holder_that_was_overtaken_ends()
    {
        (LeaderElector elector, Leadership leadership) = Candidate("a");
        await elector.AcquireAsync(TestContext.Current.CancellationToken);
        Task holding = elector.HoldAsync(TestContext.Current.CancellationToken);

        _lease.Put(new LeaseSpec { HolderIdentity = "b", LeaseDurationSeconds = 15 });
        for (int i = 0; i < 5; i++)
        {
            await AdvanceAsync(Retry, holding);
        }

        await Should.ThrowAsync<LeaderLostException>(holding);
        leadership.IsHeld.ShouldBeFalse();
        _lease.Current!.Spec!.HolderIdentity.ShouldBe("b");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_candidate_whose_question_hangs_asks_again()
    {
        TaskCompletionSource answer = new();
        _lease.Hang = answer.Task;
        (LeaderElector elector, Leadership leadership) = Candidate("a");
        Task acquiring = elector.AcquireAsync(TestContext.Current.CancellationToken);
        await _time.WaitStartedAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        _lease.Hang = null;
        _time.Advance(TimeSpan.FromSeconds(10));
        await _time.WaitStartedAsync(Retry, TestContext.Current.CancellationToken);
        _time.Advance(Retry);

        await acquiring.WaitAsync(TestContext.Current.CancellationToken);
        leadership.IsHeld.ShouldBeTrue();
        answer.SetResult();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task The_metric_says_whether_this_process_leads_at_the_time_of_asking()
    {
        using Measured measured = new(_lease.Description);
        (LeaderElector elector, _) = Candidate("a");
        string series = $"leader_election_master_status{{name={_lease.Description}}}";

        await elector.AcquireAsync(TestContext.Current.CancellationToken);
        measured.Read()[series].ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(15));

        measured.Read()[series].ShouldBe(0);
    }

    [Theory]
    [InlineData(15, 15, 2)]
    [InlineData(15, 2.4, 2)]
    [InlineData(0.5, 0.4, 0.1)]
    [InlineData(15, 10, 0)]
    public void Times_that_leave_no_room_for_a_renewal_are_refused(double lease, double renew, double retry) =>
        new LeaderElectionOptions { Identity = "a", LeaseDuration = TimeSpan.FromSeconds(lease), RenewDeadline = TimeSpan.FromSeconds(renew), RetryPeriod = TimeSpan.FromSeconds(retry) }
            .Problem().ShouldNotBeNull();

    private (LeaderElector Elector, Leadership Leadership) Candidate(string identity)
    {
        Leadership leadership = new(_time);
        return (new LeaderElector(_lease, leadership, new LeaderElectionOptions { Identity = identity }, _time, new LowRandom(), NullLogger<LeaderElector>.Instance), leadership);
    }

    /// <summary>Moves on, and lets every loop come to its next wait or to its end.</summary>
    private async Task AdvanceAsync(TimeSpan by, params Task[] loops)
    {
        await SettleAsync(loops);
        _time.Advance(by);
        await SettleAsync(loops);
    }

    private Task SettleAsync(Task[] loops) => Eventually.HoldsAsync(
        () => _time.Pending.Count(static wait => wait == Retry) == loops.Count(static loop => !loop.IsCompleted),
        TestContext.Current.CancellationToken);
}
