using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using FsCheck;
using FsCheck.Fluent;

namespace AgentOperator.Tests.Approvals;

/// <summary>Whoever says what, when and about what: a gate opens only when enough people who may have said yes to it.</summary>
public sealed class GateHistoryTests
{
    private static readonly string[] Users = ["alice", "bob", "carol", "dan", "mallory", "system:serviceaccount:shop:robot", "system:node:n1"];
    private static readonly string[] Groups = ["sre", "security", "finance"];

    [Fact]
    public void No_history_opens_a_gate_that_must_stay_shut() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    private static void Check(int seed)
    {
        Random random = new(seed);
        GatePolicy policy = new()
        {
            Approvers = new Approvers { Users = Some(random, Users[..4]), Groups = Some(random, Groups), ServiceAccounts = random.Next(4) == 0 ? [Users[5]] : null },
            Quorum = random.Next(1, 4),
            RequiredGroups = random.Next(3) == 0 ? Some(random, Groups) : null,
            AllowSelf = random.Next(3) == 0,
            Timeout = random.Next(3) == 0 ? "10m" : null,
            OnTimeout = GateTimeoutActions.Fail,
            Floors = random.Next(3) == 0 ? [new GateFloor { Name = "f", Quorum = random.Next(1, 3), Groups = random.Next(2) == 0 ? ["sre"] : null }] : null,
        };
        GateSubject subject = Gates.Subject.With(policy) with { Run = random.Next(1, 3), Visit = random.Next(1, 3), Uid = $"uid-{random.Next(2)}" };
        string[]? authors = random.Next(4) switch { 0 => null, 1 => ["system:serviceaccount:argocd:argocd"], _ => Some(random, Users[..4]) };
        GateStatus gate = Gates.Opened(subject);
        DateTimeOffset since = Gates.Start.AddSeconds(random.Next(-60, 60));
        EnforcementState enforcement = random.Next(10) == 0 ? new EnforcementState { IsEnforced = false } : Gates.Enforced with { Since = since };
        Approval[] approvals = [.. Enumerable.Range(0, random.Next(8)).Select(_ => One(random, subject))];
        DateTimeOffset now = Gates.Start.AddMinutes(random.Next(2, 20));

        GateVerdict verdict = GateDecider.Decide(subject, gate, new GateSurroundings(approvals, enforcement, authors), now);

        Approval[] valid =
        [
            .. approvals.Where(approval => approval.Spec.For.Digest == GateDigest.Of(subject) && approval.Metadata.CreationTimestamp!.Value.Value >= since && approval.Metadata.CreationTimestamp.Value.Value >= Gates.Start.AddMilliseconds(-250)
                && (policy.Timeout is null || approval.Metadata.CreationTimestamp.Value.Value <= Gates.Start.AddMinutes(10)) && IsNamed(policy, approval.Spec)),
        ];
        string[] yes = [.. valid.Where(approval => approval.Spec.Decision == ApprovalDecisions.Approve && (policy.AllowSelf || authors?.Contains(approval.Spec.User) != true)).Select(approval => approval.Spec.User).Distinct()];
        string told = $"seed {seed}";
        switch (verdict.Outcome)
        {
            case GateOutcome.Approved:
                enforcement.IsEnforced.ShouldBeTrue(told);
                yes.Length.ShouldBeGreaterThanOrEqualTo(policy.Quorum, told);
                valid.ShouldAllBe(approval => approval.Spec.Decision == ApprovalDecisions.Approve, told);
                (policy.RequiredGroups ?? []).ShouldAllBe(group => valid.Any(approval => yes.Contains(approval.Spec.User) && approval.Spec.Groups!.Contains(group)), told);
                if (!policy.AllowSelf && (authors is null || authors.Any(author => author.StartsWith("system:", StringComparison.Ordinal))))
                {
                    yes.Length.ShouldBeGreaterThanOrEqualTo(2, told);
                }

                if (policy.Floors?[0] is { } floor)
                {
                    valid.Where(approval => yes.Contains(approval.Spec.User) && !approval.Spec.User.StartsWith("system:", StringComparison.Ordinal) && (floor.Groups is null || approval.Spec.Groups!.Contains("sre")))
                        .Select(approval => approval.Spec.User).Distinct().Count().ShouldBeGreaterThanOrEqualTo(floor.Quorum, told);
                }

                break;
            case GateOutcome.Rejected:
                enforcement.IsEnforced.ShouldBeTrue(told);
                valid.ShouldContain(approval => approval.Spec.Decision == ApprovalDecisions.Reject, told);
                break;
            case GateOutcome.TimedOut:
                policy.Timeout.ShouldNotBeNull(told);
                break;
            default:
                if (enforcement.IsEnforced)
                {
                    valid.ShouldAllBe(approval => approval.Spec.Decision == ApprovalDecisions.Approve, told);
                }

                break;
        }

        // A gate that said no says no again, whatever comes after.
        if (verdict.Outcome == GateOutcome.Rejected)
        {
            Approval[] more = [.. approvals, .. Users.Select(user => Gates.By(user, subject, groups: Groups, at: Gates.Start.AddMinutes(2)))];
            GateDecider.Decide(subject, verdict.Status, new GateSurroundings(more, enforcement, authors), now).Outcome.ShouldBe(GateOutcome.Rejected, told);
        }
    }

    private static bool IsNamed(GatePolicy policy, ApprovalSpec spec) => spec.User.StartsWith("system:serviceaccount:", StringComparison.Ordinal)
        ? policy.Approvers.ServiceAccounts?.Contains(spec.User) == true
        : policy.Approvers.Users!.Contains(spec.User) || (!spec.User.StartsWith("system:", StringComparison.Ordinal) && spec.Groups!.Intersect(policy.Approvers.Groups!).Any());

    private static Approval One(Random random, GateSubject subject)
    {
        GateSubject about = random.Next(6) switch
        {
            0 => subject with { Run = subject.Run + 1 },
            1 => subject with { Visit = subject.Visit + 1 },
            2 => subject with { Uid = "uid-3" },
            _ => subject,
        };
        return Gates.By(Users[random.Next(Users.Length)], subject, random.Next(8) == 0 ? ApprovalDecisions.Reject : ApprovalDecisions.Approve, Some(random, Groups), Gates.Start.AddSeconds(random.Next(-90, 900)), GateDigest.Of(about));
    }

    private static string[] Some(Random random, string[] all) => [.. all.Where(_ => random.Next(2) == 0)];
}
