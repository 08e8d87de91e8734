using AgentOperator.Api.Approvals;
using AgentOperator.Approvals.Deciding;

namespace AgentOperator.Tests.Approvals;

/// <summary>A line that was removed from the record, changed or put in between shows.</summary>
public sealed class ApprovalChainTests
{
    private static readonly GateSubject Subject = Gates.Subject;

    [Fact]
    public void Each_decision_is_on_record_once()
    {
        Approval yes = Gates.By("alice", Subject, groups: ["sre"]);
        IReadOnlyList<ApprovalRecord>? chain = GateRecords.Append(null, Subject, isLoop: false, [yes], null);

        ApprovalRecord record = GateRecords.Append(chain, Subject, isLoop: false, [yes], null).ShouldNotBeNull().ShouldHaveSingleItem();

        (record.Run, record.Gate, record.Visit, record.User, record.Decision, record.Comment, record.Digest).ShouldBe((3L, "approve", null, "alice", "Approve", "as agreed", GateDigest.Of(Subject)));
        record.At.ShouldBe(yes.Metadata.CreationTimestamp!.Value);
        GateRecords.Append(null, Subject, isLoop: false, [], null).ShouldBeNull();
    }

    [Fact]
    public void What_was_done_to_it_shows()
    {
        IReadOnlyList<ApprovalRecord> chain = Chain(4);

        ApprovalChain.FirstBroken(chain).ShouldBeNull();
        ApprovalChain.FirstBroken([chain[0], chain[2], chain[3]]).ShouldBe(1, "one was removed");
        ApprovalChain.FirstBroken([chain[0], chain[1] with { Comment = "no" }, chain[2], chain[3]]).ShouldBe(1, "one was changed");
        ApprovalChain.FirstBroken([chain[0], chain[2], chain[1], chain[3]]).ShouldBe(1, "two have changed places");
    }

    [Fact]
    public void It_does_not_grow_without_bound()
    {
        IReadOnlyList<ApprovalRecord> chain = Chain(ApprovalChain.Limit + 10);

        chain.Count.ShouldBe(ApprovalChain.Limit);
        ApprovalChain.FirstBroken(chain).ShouldBeNull();
        chain[0].Previous.ShouldNotBeNull("it names what fell off before it");
    }

    [Fact]
    public void Who_fell_off_its_front_while_his_gate_waits_is_not_put_on_record_again()
    {
        Approval yes = Gates.By("alice", Subject);
        GateStatus before = Gates.Opened(Subject) with { ApprovedBy = ["alice"] };

        GateRecords.Append(Chain(3), Subject, isLoop: false, [yes], before).ShouldNotBeNull().Count.ShouldBe(3);
    }

    [Fact]
    public void A_further_approval_for_another_group_is_on_record_too()
    {
        Approval first = Gates.By("alice", Subject);
        Approval second = Gates.By("alice", Subject, groups: ["sre"]);
        GateStatus before = Gates.Opened(Subject) with { ApprovedBy = ["alice"] };
        IReadOnlyList<ApprovalRecord>? chain = GateRecords.Append(null, Subject, isLoop: false, [first], null);

        IReadOnlyList<ApprovalRecord>? longer = GateRecords.Append(chain, Subject, isLoop: false, [first, second], before);

        longer.ShouldNotBeNull().Select(static record => record.Uid).ShouldBe([first.Metadata.Uid!, second.Metadata.Uid!]);
        GateRecords.Append(longer, Subject, isLoop: false, [first, second], before).ShouldNotBeNull().Count.ShouldBe(2);
    }

    [Fact]
    public void A_further_approval_is_on_record_although_the_chain_is_full()
    {
        Approval first = Gates.By("alice", Subject, at: Gates.Start.AddMinutes(2));
        Approval second = Gates.By("alice", Subject, groups: ["sre"], at: Gates.Start.AddMinutes(3));
        GateStatus before = Gates.Opened(Subject) with { ApprovedBy = ["alice"] };
        IReadOnlyList<ApprovalRecord>? full = GateRecords.Append(Chain(ApprovalChain.Limit), Subject, isLoop: false, [first], null);

        IReadOnlyList<ApprovalRecord>? after = GateRecords.Append(full, Subject, isLoop: false, [first, second], before);

        after.ShouldNotBeNull()[^1].Uid.ShouldBe(second.Metadata.Uid);
        GateRecords.Append(after, Subject, isLoop: false, [first, second], before).ShouldBe(after);
    }

    [Fact]
    public void A_further_approval_that_fell_off_a_full_chain_is_not_put_on_record_again()
    {
        Approval first = Gates.By("alice", Subject, at: Gates.Start);
        Approval second = Gates.By("alice", Subject, groups: ["sre"], at: Gates.Start);
        GateStatus before = Gates.Opened(Subject) with { ApprovedBy = ["alice"] };
        IReadOnlyList<ApprovalRecord> full = Chain(ApprovalChain.Limit);

        GateRecords.Append(full, Subject, isLoop: false, [first, second], before).ShouldBe(full);
    }

    private static IReadOnlyList<ApprovalRecord> Chain(int length)
    {
        IReadOnlyList<ApprovalRecord>? chain = null;
        for (int i = 0; i < length; i++)
        {
            chain = GateRecords.Append(chain, Subject, isLoop: true, [Gates.By($"user-{i}", Subject)], null);
        }

        return chain!;
    }
}
