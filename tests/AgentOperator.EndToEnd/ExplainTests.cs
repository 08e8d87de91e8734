namespace AgentOperator.EndToEnd;

/// <summary>The kind as kubectl knows it.</summary>
public sealed class ExplainTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Explain_tells_what_a_field_means()
    {
        (await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "explain", "workflow.spec.steps.needs")).ShouldContain("Steps that must have succeeded before this one starts");
        (await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "explain", "job.spec.backoffLimit")).ShouldContain("backoffLimit");
    }

    [Fact]
    public async Task All_kinds_are_listed_by_their_category() =>
        (await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "api-resources", "--categories=agentoperator", "-o", "name")).ShouldContain("workflows.agentoperator.dev");
}
