using AgentOperator.Api.Workflows;
using AgentOperator.EndToEnd.Approvals;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>The example of a deployment, as a reader applies it.</summary>
public sealed class DeployServiceTests(ClusterFixture cluster)
{
    private const string Name = "deploy-service";

    [Fact]
    public async Task A_version_gets_to_production_once_two_people_agree()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(await ExampleAsync());

        await ApproveAsync(ns);
        Workflow ended = await ns.UntilEndedAsync(Name);

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        Dictionary<string, StepStatus> steps = ended.Status.Steps!.ToDictionary(static step => step.Name);
        steps["build-image"].Attempt.ShouldBe(2);
        steps["run-tests"].Items!.Succeeded.ShouldBe("0-2");
        steps["run-tests"].Outputs!["passed"].EnumerateArray().Select(static count => count.GetInt32()).ShouldBe([4, 3, 2], "in the order of the items");
        steps["approve-production"].Gate!.Message.ShouldNotBeNull().ShouldContain("checkout 1.4.2 (sha256:");
        ended.Status.Outputs!["image"].GetString().ShouldBe("checkout:1.4.2");
        ended.Status.Outputs["replaced"].GetString().ShouldBe("1.4.0");
        ended.Status.Compensations.ShouldBeNull();
        (await LogAsync(ns, ended.Status.Finally!.Single().Job)).ShouldStartWith("Succeeded: ");
    }

    [Fact]
    public async Task What_does_not_work_in_production_is_taken_back_in_reverse_order()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync((await ExampleAsync()).Replace("name: faultyIn, value: none", "name: faultyIn, value: production", StringComparison.Ordinal));

        await ApproveAsync(ns);
        Workflow ended = await ns.UntilEndedAsync(Name);

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Compensated, ended.Status.Message);
        ended.Status.Message.ShouldNotBeNull().ShouldContain("step check-production failed");
        StepStatus[] undone = [.. ended.Status.Compensations!];
        undone.Select(static step => (step.Name, step.Phase)).ShouldBe([("deploy-production", StepPhases.Succeeded), ("deploy-staging", StepPhases.Succeeded)]);
        undone[0].FinishedAt!.Value.Value.ShouldBeLessThanOrEqualTo(undone[1].StartedAt!.Value.Value);
        (await LogAsync(ns, undone[0].Job)).ShouldBe("production: back to 1.4.0");
        (await LogAsync(ns, undone[1].Job)).ShouldBe("staging: back to 1.4.1");
        (await LogAsync(ns, ended.Status.Finally!.Single().Job)).ShouldStartWith("Compensated: ");
    }

    [Fact]
    public async Task What_does_not_work_in_staging_never_gets_to_the_gate()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync((await ExampleAsync()).Replace("name: faultyIn, value: none", "name: faultyIn, value: staging", StringComparison.Ordinal));

        Workflow ended = await ns.UntilEndedAsync(Name);

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Compensated, ended.Status.Message);
        ended.Status.Compensations!.Select(static step => step.Name).ShouldBe(["deploy-staging"]);
        ended.Status.Steps!.Single(static step => step.Name == "approve-production").Phase.ShouldBe(StepPhases.Omitted);
    }

    private async Task ApproveAsync(TestNamespace ns)
    {
        Gate gate = new(ns, cluster.Kubectl, Name);
        (Person alice, Person bob) = (await gate.PersonAsync("alice", "sre"), await gate.PersonAsync("bob", "sre"));
        string digest = await gate.DigestAsync();
        await gate.ApproveAsync(alice, digest, "sre");
        await gate.ApproveAsync(bob, digest, "sre");
    }

    private async Task<string> LogAsync(TestNamespace ns, string? job) => (await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "logs", $"job/{job}", "--namespace", ns.Name)).Trim();

    private static Task<string> ExampleAsync() => File.ReadAllTextAsync(Repository.PathTo("examples", Name, "workflow.yaml"), TestContext.Current.CancellationToken);
}
