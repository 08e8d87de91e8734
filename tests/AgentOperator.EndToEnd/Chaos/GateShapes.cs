using AgentOperator.Api.Workflows;

namespace AgentOperator.EndToEnd.Chaos;

/// <summary>Workflows that people let go on, or do not, and workflows that let one in at a time.</summary>
internal static class GateShapes
{
    /// <summary>Annotation of a workflow that the approvers refuse.</summary>
    public const string Refused = "example.com/refused";

    public const string Group = "sre";

    public static IReadOnlyList<string> People { get; } = ["alice", "bob"];

    public static Shape Approved(ShapeBuilder builder) => Gated(builder).Step("b", ["gate"]).InOrder(ShapeBuilder.Line("steps", "a"), ShapeBuilder.Line("steps", "b")).Build("approved", WorkflowPhases.Succeeded);

    public static Shape Rejected(ShapeBuilder builder)
    {
        Shape shape = Gated(builder).Step("b", ["gate"], visits: 0).Undone(["a"]).Build("rejected", WorkflowPhases.Compensated);
        return shape with { Workflow = shape.Workflow with { Metadata = shape.Workflow.Metadata with { Annotations = new Dictionary<string, string> { [Refused] = "true" } } } };
    }

    /// <summary>Who meets another one inside counts that too, and nobody has asked for it.</summary>
    public static Shape Exclusive(ShapeBuilder builder) => builder
        .Step("a", [])
        .Step(
            "inside",
            ["a"],
            "mkdir /count/in-database || echo \"$AGENTOPERATOR_WORKFLOW met-another\" >> /count/ran; sleep 0.1; rmdir /count/in-database",
            with: static step => step with { Mutex = "database" })
        .Step("b", ["inside"])
        .Build("exclusive", WorkflowPhases.Succeeded);

    private static ShapeBuilder Gated(ShapeBuilder builder) => builder
        .Step("a", [], with: static step => step with { Compensate = ShapeBuilder.Undo() })
        .Add(new WorkflowStep { Name = "gate", Needs = ["a"], Approval = new ApprovalStep { Approvers = new Approvers { Groups = [Group] }, Quorum = People.Count } });
}
