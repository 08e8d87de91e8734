using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Kube.Models;

namespace AgentOperator.Tests.Approvals;

/// <summary>What opens a gate, and what does not.</summary>
public sealed class GateDeciderTests
{
    private static readonly GateSubject Subject = Gates.Subject;

    [Fact]
    public void One_person_whom_the_gate_names_opens_it()
    {
        Gates.Decide(Subject).Outcome.ShouldBe(GateOutcome.Waiting);
        GateVerdict verdict = Gates.Decide(Subject, Gates.By("alice", Subject));

        verdict.Outcome.ShouldBe(GateOutcome.Approved);
        verdict.Message.ShouldBe("approved by alice");
        verdict.Status.Progress.ShouldBe("1/1");
        verdict.Status.SelfApprovalCheck.ShouldBe(SelfApprovalChecks.Known);
    }

    [Fact]
    public void Two_approvals_of_one_person_are_one()
    {
        GateSubject two = Subject.With(Gates.Policy with { Quorum = 2 });

        GateVerdict verdict = Gates.Decide(two, Gates.By("alice", two), Gates.By("alice", two));

        verdict.Outcome.ShouldBe(GateOutcome.Waiting);
        verdict.Status.Progress.ShouldBe("1/2");
        verdict.Status.Missing.ShouldBe("missing: 1 more of 2 approvals by alice, bob, carol, group sre");
        Gates.Decide(two, Gates.By("alice", two), Gates.By("bob", two)).Outcome.ShouldBe(GateOutcome.Approved);
    }

    [Fact]
    public void Who_is_not_named_neither_opens_nor_ends_it()
    {
        GateVerdict verdict = Gates.Decide(Subject, Gates.By("mallory", Subject), Gates.By("mallory", Subject, ApprovalDecisions.Reject), Gates.By("erin", Subject, groups: ["finance"]));

        verdict.Outcome.ShouldBe(GateOutcome.Waiting);
        verdict.Status.Ignored.ShouldNotBeNull().Count.ShouldBe(3);
        verdict.Status.Ignored.ShouldAllBe(line => line.Contains("does not name this user"));
        Gates.Decide(Subject, Gates.By("erin", Subject, groups: ["sre"])).Outcome.ShouldBe(GateOutcome.Approved);
    }

    [Fact]
    public void A_service_account_decides_only_where_it_is_listed()
    {
        const string Robot = "system:serviceaccount:shop:robot";

        Gates.Decide(Subject, Gates.By(Robot, Subject, groups: ["sre"])).Outcome.ShouldBe(GateOutcome.Waiting);
        GateSubject users = Subject.With(Gates.Policy with { Approvers = new Approvers { Users = [Robot] } });
        Gates.Decide(users, Gates.By(Robot, users)).Outcome.ShouldBe(GateOutcome.Waiting);
        GateSubject listed = Subject.With(Gates.Policy with { Approvers = new Approvers { ServiceAccounts = [Robot] } });
        Gates.Decide(listed, Gates.By(Robot, listed)).Outcome.ShouldBe(GateOutcome.Approved);
    }

    [Fact]
    public void One_no_of_a_named_person_ends_it_whoever_else_says_yes()
    {
        GateVerdict verdict = Gates.Decide(Subject, Gates.By("alice", Subject), Gates.By("bob", Subject, ApprovalDecisions.Reject));

        verdict.Outcome.ShouldBe(GateOutcome.Rejected);
        verdict.Message.ShouldBe("rejected by bob: as agreed");
    }

    [Fact]
    public void A_digest_of_another_run_visit_object_or_policy_does_not_count()
    {
        GateSubject[] others =
        [
            Subject with { Run = 2 }, Subject with { Visit = 2 }, Subject with { Uid = "uid-2" }, Subject with { SpecDigest = "v1:sha256:abd" }, Subject with { Message = "ship 1.4.3?" },
            Subject with { Results = new Dictionary<string, string> { ["build"] = "sha256:2" } }, Subject with { Artifacts = new Dictionary<string, string> { ["image"] = "sha256:1" } },
            Subject.With(Gates.Policy with { Quorum = 2 }), Subject with { Namespace = "other" }, Subject with { Name = "other" }, Subject with { Gate = "other" },
        ];

        others.Append(Subject).Select(GateDigest.Of).ShouldBeUnique();
        Gates.Decide(Subject, [.. others.Select(other => Gates.By("alice", Subject, digest: GateDigest.Of(other)))]).Outcome.ShouldBe(GateOutcome.Waiting);
    }

    [Fact]
    public void What_is_older_than_the_gate_or_than_the_proof_does_not_count()
    {
        Gates.Decide(Subject, Gates.By("alice", Subject, at: Gates.Start.AddSeconds(-2))).Outcome.ShouldBe(GateOutcome.Waiting);
        GateStatus open = Gates.Opened(Subject);
        Approval early = Gates.By("alice", Subject);
        EnforcementState restored = Gates.Enforced with { Since = Gates.Start.AddMinutes(2), Policies = "p2" };

        GateVerdict verdict = GateDecider.Decide(Subject, open, new GateSurroundings([early], restored, ["dan"]), Gates.Start.AddMinutes(5));

        verdict.Outcome.ShouldBe(GateOutcome.Waiting);
        verdict.Status.Ignored.ShouldHaveSingleItem().ShouldContain("create it anew");
        GateDecider.Decide(Subject, open, new GateSurroundings([early, Gates.By("bob", Subject, at: Gates.Start.AddMinutes(3))], restored, ["dan"]), Gates.Start.AddMinutes(5)).Outcome.ShouldBe(GateOutcome.Approved);
    }

    [Fact]
    public void Without_proof_it_stays_shut_and_says_why()
    {
        EnforcementState none = new() { IsEnforced = false, Problem = "apply config/admission" };

        GateVerdict fresh = GateDecider.Decide(Subject, null, new GateSurroundings([], none, ["dan"]), Gates.Start);
        GateVerdict open = GateDecider.Decide(Subject, Gates.Opened(Subject), new GateSurroundings([Gates.By("alice", Subject), Gates.By("bob", Subject, ApprovalDecisions.Reject)], none, ["dan"]), Gates.Start.AddMinutes(5));

        fresh.Outcome.ShouldBe(GateOutcome.Waiting);
        fresh.Status.Digest.ShouldBeNull("nothing is to be approved yet");
        open.Outcome.ShouldBe(GateOutcome.Waiting);
        open.Status.Missing.ShouldBe("apply config/admission");
        open.Counted.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(GateTimeoutActions.Approve)]
    [InlineData(GateTimeoutActions.Skip)]
    public void Without_proof_silence_opens_nothing(string action)
    {
        GateSubject timed = Subject.With(Gates.Policy with { Timeout = "10m", OnTimeout = action });
        GateStatus open = Gates.Opened(timed);
        EnforcementState none = new() { IsEnforced = false, Problem = "apply config/admission" };
        DateTimeOffset late = Gates.Start.AddHours(1);

        GateVerdict shut = GateDecider.Decide(timed, open, new GateSurroundings([Gates.By("alice", timed, ApprovalDecisions.Reject)], none, ["dan"]), late);

        (shut.Outcome, shut.Message).ShouldBe((GateOutcome.Waiting, "apply config/admission"));
        shut.WakeAt.ShouldBeNull("the deadline is past and changes nothing");
        GateDecider.Decide(timed, shut.Status, new GateSurroundings([], Gates.Enforced, ["dan"]), late).Outcome.ShouldNotBe(GateOutcome.Waiting, "the deadline was not forgotten");
    }

    [Fact]
    public void It_opens_to_decisions_only_once_the_proof_holds_for_them()
    {
        EnforcementState young = Gates.Enforced with { Since = Gates.Start.AddSeconds(1) };

        GateVerdict verdict = GateDecider.Decide(Subject, null, new GateSurroundings([], young, ["dan"]), Gates.Start);

        verdict.Status.Digest.ShouldBeNull();
        verdict.WakeAt.ShouldBe(young.Since);
    }

    [Fact]
    public void Authors_do_not_approve_their_own_work()
    {
        GateVerdict verdict = Gates.Decide(Subject, ["alice"], Gates.By("alice", Subject));

        verdict.Outcome.ShouldBe(GateOutcome.Waiting);
        verdict.Status.Ignored.ShouldHaveSingleItem().ShouldContain("who changed what the run executes does not approve it");
        Gates.Decide(Subject, ["alice"], Gates.By("alice", Subject), Gates.By("bob", Subject)).Outcome.ShouldBe(GateOutcome.Approved);
        GateSubject self = Subject.With(Gates.Policy with { AllowSelf = true });
        Gates.Decide(self, ["alice"], Gates.By("alice", self)).Outcome.ShouldBe(GateOutcome.Approved);
        Gates.Decide(Subject, ["alice"], Gates.By("alice", Subject, ApprovalDecisions.Reject)).Outcome.ShouldBe(GateOutcome.Rejected, "an author may take it back");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("?")]
    [InlineData("system:serviceaccount:argocd:argocd-application-controller")]
    public void Where_authors_are_not_known_two_people_must_approve(string? author)
    {
        string[]? authors = author is null ? null : [author];

        GateVerdict one = Gates.Decide(Subject, authors, Gates.By("alice", Subject));

        one.Outcome.ShouldBe(GateOutcome.Waiting);
        one.Status.SelfApprovalCheck.ShouldBe(SelfApprovalChecks.Unknown);
        one.Status.Progress.ShouldBe("1/2");
        one.Status.Missing.ShouldNotBeNull().ShouldContain("it is not known who changed what the run executes");
        Gates.Decide(Subject, authors, Gates.By("alice", Subject), Gates.By("bob", Subject)).Outcome.ShouldBe(GateOutcome.Approved);
        GateSubject self = Subject.With(Gates.Policy with { AllowSelf = true });
        Gates.Decide(self, authors, Gates.By("alice", self)).Outcome.ShouldBe(GateOutcome.Approved);
    }

    [Fact]
    public void Where_authors_are_not_known_a_program_is_not_the_second_person()
    {
        const string Robot = "system:serviceaccount:shop:robot";
        GateSubject subject = Subject.With(Gates.Policy with { Approvers = new Approvers { Users = ["alice", "bob"], ServiceAccounts = [Robot] }, Floors = [new GateFloor { Name = "f", Quorum = 1 }] });

        GateVerdict one = Gates.Decide(subject, (string[]?)null, Gates.By("alice", subject), Gates.By(Robot, subject));

        one.Outcome.ShouldBe(GateOutcome.Waiting, "whoever has alice's rights may have the robot's");
        one.Status.Missing.ShouldBe($"missing: 1 more of 2 approvals by alice, bob, {Robot}, of two people because it is not known who changed what the run executes");
        Gates.Decide(subject, (string[]?)null, Gates.By("alice", subject), Gates.By("bob", subject)).Outcome.ShouldBe(GateOutcome.Approved);
    }

    [Fact]
    public void Who_forgot_a_group_approves_once_more_and_is_one_person_still()
    {
        GateSubject both = Subject.With(Gates.Policy with { Quorum = 2, RequiredGroups = ["security"] });
        Approval first = Gates.By("alice", both);
        Approval second = Gates.By("alice", both, groups: ["security"]);

        GateVerdict half = Gates.Decide(both, first, second, Gates.By("alice", both, groups: ["security"]));

        (half.Outcome, half.Status.Progress, half.Status.Missing).ShouldBe((GateOutcome.Waiting, "1/2", "missing: 1 more of 2 approvals by alice, bob, carol, group sre"));
        half.Counted.ShouldBe([first, second]);
        half.Status.ApprovedBy.ShouldBe(["alice"]);
        Gates.Decide(both, first, second, Gates.By("bob", both)).Outcome.ShouldBe(GateOutcome.Approved);
    }

    [Fact]
    public void What_is_missing_fits_into_status_whoever_is_named()
    {
        string[] names = [.. Enumerable.Range(0, 10).Select(static i => $"{i}{new string('x', 252)}")];
        GateSubject long1 = Subject.With(Gates.Policy with { Approvers = new Approvers { Users = names }, RequiredGroups = names });

        Gates.Decide(long1).Status.Missing.ShouldNotBeNull().Length.ShouldBeLessThanOrEqualTo(1024);
    }

    [Fact]
    public void Required_groups_must_each_have_said_yes()
    {
        GateSubject both = Subject.With(Gates.Policy with { RequiredGroups = ["sre", "security"] });

        Gates.Decide(both, Gates.By("alice", both, groups: ["sre"])).Status.Missing.ShouldBe("missing: one by a member of security");
        Gates.Decide(both, Gates.By("alice", both, groups: ["sre"]), Gates.By("bob", both, groups: ["security"])).Outcome.ShouldBe(GateOutcome.Approved);
    }

    [Theory]
    [InlineData(GateTimeoutActions.Fail, "TimedOut")]
    [InlineData(GateTimeoutActions.Approve, "Approved")]
    [InlineData(GateTimeoutActions.Skip, "Skipped")]
    public void The_timeout_means_what_the_step_says(string action, string outcome)
    {
        GateSubject timed = Subject.With(Gates.Policy with { Timeout = "10m", OnTimeout = action });
        GateStatus open = Gates.Opened(timed);
        DateTimeOffset deadline = Gates.Start.AddMinutes(10);

        GateVerdict before = GateDecider.Decide(timed, open, new GateSurroundings([], Gates.Enforced, ["dan"]), deadline.AddMilliseconds(-1));
        GateVerdict after = GateDecider.Decide(timed, open, new GateSurroundings([], Gates.Enforced, ["dan"]), deadline);
        GateVerdict inTime = GateDecider.Decide(timed, open, new GateSurroundings([Gates.By("alice", timed)], Gates.Enforced, ["dan"]), deadline.AddHours(1));
        GateVerdict late = GateDecider.Decide(timed, open, new GateSurroundings([Gates.By("alice", timed, at: deadline.AddMinutes(1))], Gates.Enforced, ["dan"]), deadline.AddHours(1));

        before.Outcome.ShouldBe(GateOutcome.Waiting);
        before.WakeAt.ShouldBe(deadline);
        after.Outcome.ToString().ShouldBe(outcome);
        inTime.Message.ShouldBe("approved by alice", "the operator may have been away; the person was in time");
        late.Outcome.ToString().ShouldBe(outcome);
        late.Counted.ShouldBeEmpty();
    }

    [Fact]
    public void A_change_of_what_is_decided_on_voids_what_was_said_and_moves_no_deadline()
    {
        GateSubject timed = Subject.With(Gates.Policy with { Timeout = "10m", Quorum = 2 });
        Approval yes = Gates.By("alice", timed);
        GateStatus half = Gates.Decide(timed, yes).Status;
        GateSubject changed = timed.With(timed.Policy with { Quorum = 3 });

        GateVerdict verdict = GateDecider.Decide(changed, half, new GateSurroundings([yes], Gates.Enforced, ["dan"]), Gates.Start.AddMinutes(6));

        verdict.Status.Progress.ShouldBe("0/3");
        verdict.Status.Voided.ShouldNotBeNull().ShouldContain(GateDigest.Of(timed));
        verdict.Status.Deadline.ShouldBe(half.Deadline);
        verdict.Status.OpenedAt.ShouldBe(new MicroTime(Gates.Start.AddMinutes(6)));

        // Back to what it was: the old approval is from before the gate opened anew.
        GateDecider.Decide(timed, verdict.Status, new GateSurroundings([yes], Gates.Enforced, ["dan"]), Gates.Start.AddMinutes(7)).Status.Progress.ShouldBe("0/2");
    }
}
