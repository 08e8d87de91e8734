using AgentOperator.Api.Workflows;
using AgentOperator.EndToEnd.Approvals;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>The example of agents that build a program, as a reader applies it.</summary>
[Trait("Cluster", "local")]
public sealed class AgenticBuildTests(ClusterFixture cluster)
{
    private const string Name = "agentic-build";

    [Fact]
    public async Task The_coder_gets_it_back_until_reviewer_and_tests_have_nothing_against_it()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns);
        await ns.ApplyAsync(await FileAsync("agents.yaml"));
        await ns.ApplyAsync(await FileAsync("workflow.yaml"));

        Workflow ended = await ns.UntilEndedSlowlyAsync(Name);

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        Dictionary<string, StepStatus> steps = ended.Status.Steps!.ToDictionary(static step => step.Name);
        (steps["write"].Visit, steps["test"].Passes).ShouldBe((3, 3));
        steps["write"].Outputs!["sources"].EnumerateArray().Single().GetProperty("text").GetString().ShouldNotBeNull().ShouldContain("wc -w");
        steps["test"].Previous!.Outputs!["failures"].EnumerateArray().Single().GetString().ShouldBe("leading blanks: expected 2, got 3");
        steps["test"].Outputs!["failures"].GetArrayLength().ShouldBe(0);
        steps["human-review"].Phase.ShouldBe(StepPhases.Skipped);
        ended.Status.Outputs!["digest"].GetString().ShouldNotBeNull().ShouldMatch("^sha256:[0-9a-f]{64}$");
    }

    [Fact]
    public async Task A_person_decides_about_a_critical_issue()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns);
        await ns.ApplyAsync(await FileAsync("agents.yaml"));
        await ns.ApplyAsync((await FileAsync("workflow.yaml")).Replace("word count of what it reads", "word count of what comes from the internet", StringComparison.Ordinal));
        await ns.UntilAsync(Name, static candidate => candidate.Status?.Steps?.Any(static step => step is { Name: "human-review", Phase: StepPhases.Waiting }) == true);

        Gate gate = new(ns, cluster.Kubectl, Name, "human-review");
        Person alice = await gate.PersonAsync("alice", "reviewers");
        string digest = await gate.DigestAsync(static shown => shown.Message?.Contains("without a limit of its size", StringComparison.Ordinal) == true);
        await gate.ApproveAsync(alice, digest, "reviewers");
        Workflow ended = await ns.UntilEndedSlowlyAsync(Name);

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        ended.Status.Steps!.Single(static step => step.Name == "write").Visit.ShouldBeNull("there was one pass");
    }

    private static Task<string> FileAsync(string name) => File.ReadAllTextAsync(Repository.PathTo("examples", Name, name), TestContext.Current.CancellationToken);
}
