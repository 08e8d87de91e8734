using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Approvals.Floors;
using AgentOperator.Workflows.Checking;

namespace AgentOperator.Tests.Approvals;

/// <summary>The author of a change cannot lower the bar for it.</summary>
public sealed class FloorTests
{
    private const string Production = """
        { "floors": [{ "name": "production", "namespaceSelector": { "matchLabels": { "environment": "production" } }, "quorum": 2, "groups": ["sre"], "allowSelf": false,
          "gateBefore": { "steps": ["deploy-*"], "serviceAccounts": ["deployer"], "images": ["registry.example.com/kubectl:*"], "agents": ["releaser"] } }] }
        """;

    private static readonly Dictionary<string, string> Labels = new() { ["environment"] = "production" };

    private static readonly ApprovalStep Step = new() { Approvers = new Approvers { Users = ["alice", "bob", "carol"] }, Quorum = 1, AllowSelf = true, OnTimeout = GateTimeoutActions.Approve };

    [Fact]
    public void The_stricter_value_wins_on_either_side()
    {
        ApprovalFloors floors = ApprovalFloors.Parse(Production);

        GatePolicy under = GatePolicies.Effective(Step, floors.For("Workflow", Labels));
        GatePolicy above = GatePolicies.Effective(Step with { Quorum = 3 }, floors.For("Workflow", Labels));
        GatePolicy elsewhere = GatePolicies.Effective(Step, floors.For("Workflow", null));

        (under.Quorum, under.AllowSelf, under.OnTimeout).ShouldBe((2, false, GateTimeoutActions.Fail));
        above.Quorum.ShouldBe(3);
        (elsewhere.Quorum, elsewhere.AllowSelf, elsewhere.OnTimeout, elsewhere.Floors).ShouldBe((1, true, GateTimeoutActions.Approve, null));
    }

    [Fact]
    public void A_floor_wants_its_own_people_whomever_the_step_names()
    {
        GateSubject subject = Gates.Subject.With(GatePolicies.Effective(Step, ApprovalFloors.Parse(Production).For("Workflow", Labels)));

        GateVerdict verdict = Gates.Decide(subject, Gates.By("alice", subject, groups: ["sre"]), Gates.By("bob", subject), Gates.By("carol", subject));

        verdict.Outcome.ShouldBe(GateOutcome.Waiting);
        verdict.Status.Missing.ShouldBe("missing: 1 more by members of sre (floor production)");
        Gates.Decide(subject, Gates.By("alice", subject, groups: ["sre"]), Gates.By("bob", subject, groups: ["sre"])).Outcome.ShouldBe(GateOutcome.Approved);
    }

    [Theory]
    [InlineData("deploy-production", "default", "x", null)]
    [InlineData("ship", "deployer", "x", null)]
    [InlineData("ship", null, "registry.example.com/kubectl:1.36", null)]
    [InlineData("ship", null, null, "releaser")]
    public void A_step_that_is_meant_needs_a_gate_before_it(string name, string? account, string? image, string? agent)
    {
        WorkflowStep step = new() { Name = name, Container = image is null ? account is null ? null : Container("x", account) : Container(image, account), Agent = agent is null ? null : new AgentStep { Name = agent } };
        WorkflowStep gate = new() { Name = "gate", Approval = Step };
        WorkflowStep between = new() { Name = "between", Container = Container("x", null), Needs = ["gate"] };

        Problem(step).ShouldNotBeNull().Reason.ShouldBe("BelowApprovalFloor");
        Problem(step, gate)!.Message.ShouldBe($"step {name} needs an approval before it (floor production): add an approval step without when, and name it in its needs");
        Problem(step with { Needs = ["gate"] }, gate).ShouldBeNull();
        Problem(step with { Needs = ["between"] }, between, gate).ShouldBeNull();
        Problem(step with { Needs = ["gate"] }, gate with { When = "false" }).ShouldNotBeNull("a gate that is skipped holds nobody");
        ApprovalFloors floors = ApprovalFloors.Parse(Production);
        FloorCheck.Problem(new RunSpec { Steps = [gate], Finally = [step] }, floors.For("Workflow", Labels)).ShouldNotBeNull().Message.ShouldContain("finally waits for nobody");
        FloorCheck.Problem(new RunSpec { Steps = [step] }, floors.For("Workflow", new Dictionary<string, string> { ["environment"] = "test" })).ShouldBeNull();
    }

    [Fact]
    public void Whom_capabilities_will_choose_may_be_one_that_is_meant() =>
        Problem(new WorkflowStep { Name = "x", Agent = new AgentStep { Requires = ["release"] } }).ShouldNotBeNull().Reason.ShouldBe("BelowApprovalFloor");

    [Fact]
    public void Undoing_a_step_counts_as_doing_it() =>
        Problem(new WorkflowStep { Name = "x", Container = Container("x", null), Compensate = new StepCompensation { Container = Container("x", "deployer") } }).ShouldNotBeNull();

    [Theory]
    [InlineData("""{ "floors": [{ "name": "a", "quorom": 2 }] }""", "quorom")]
    [InlineData("""{ "floors": [{ "name": "a", "quorum": 0 }] }""", "quorum must be from 1 to 20")]
    [InlineData("""{ "floors": [{ "name": "a" }, { "name": "a" }] }""", "two floors are named a")]
    [InlineData("""{ "floors": [{ "name": "a", "kinds": ["Job"] }] }""", "Job has no gates")]
    [InlineData("""{ "floors": [{ "name": "a", "gateBefore": {} }] }""", "gateBefore must name")]
    [InlineData("""{ "floors": [{ "name": "a", "namespaceSelector": { "matchExpressions": [{ "key": "e", "operator": "In" }] } }] }""", "is no label requirement")]
    [InlineData("""{ "floors": [{ "quorum": 2 }] }""", "name")]
    [InlineData("""{ "floors": null }""", "must be a list")]
    [InlineData("""{ "floors": [null] }""", "must be a list")]
    [InlineData("""{ "floors": [{ "name": "a", "groups": [null] }] }""", "groups are at most 10 names")]
    [InlineData("""{ "floors": [{ "name": "a", "groups": ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"] }] }""", "groups are at most 10 names")]
    [InlineData("""{ "floors": [{ "name": "a", "gateBefore": { "steps": [null] } }] }""", "a pattern of gateBefore is empty")]
    [InlineData("""{ "floors": [{ "name": "a", "namespaceSelector": { "matchExpressions": [null] } }] }""", "is no label requirement")]
    [InlineData("[", "JSON")]
    public void What_cannot_be_a_floor_is_told(string json, string expected) => Should.Throw<FormatException>(() => ApprovalFloors.Parse(json)).Message.ShouldContain(expected);

    [Fact]
    public void There_are_no_more_floors_than_status_can_show() =>
        Should.Throw<FormatException>(() => ApprovalFloors.Parse($$"""{ "floors": [{{string.Join(',', Enumerable.Range(0, 21).Select(static i => $$"""{ "name": "f{{i}}" }"""))}}] }""")).Message.ShouldContain("at most 20");

    [Theory]
    [InlineData("In", "production", true)]
    [InlineData("In", "test", false)]
    [InlineData("NotIn", "test", true)]
    [InlineData("NotIn", "production", false)]
    public void Namespaces_are_chosen_by_label(string op, string value, bool holds) =>
        ApprovalFloors.Parse($$"""{ "floors": [{ "name": "a", "namespaceSelector": { "matchExpressions": [{ "key": "environment", "operator": "{{op}}", "values": ["{{value}}"] }] } }] }""")
            .For("Workflow", Labels).Count.ShouldBe(holds ? 1 : 0);

    private static SpecProblem? Problem(params WorkflowStep[] steps) => FloorCheck.Problem(new RunSpec { Steps = steps }, ApprovalFloors.Parse(Production).For("Workflow", Labels));

    private static ContainerStep Container(string image, string? account) => new() { Image = image, ServiceAccountName = account };
}
