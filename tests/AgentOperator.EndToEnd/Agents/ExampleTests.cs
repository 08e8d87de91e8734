using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd.Agents;

/// <summary>The examples with agents, as a reader applies them.</summary>
[Trait("Cluster", "local")]
public sealed class ExampleTests(ClusterFixture cluster)
{
    private const string Prices = """
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: prices }
        data:
          prices.json: |
            { "currency": "USD", "models": { "scripted-reviewer": { "inputMicrosPerMillion": 3000000, "outputMicrosPerMillion": 15000000 } } }
        """;

    // (1180 + 2210) tokens at 3 and (45 + 160) at 15 micros.
    private const long Micros = (3390 * 3) + (205 * 15);

    [Fact]
    public async Task The_code_review_runs_its_tool_and_its_usage_and_cost_add_up()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await ns.ApplyAsync(Prices);
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns, null, 0, "--price-catalogue", "prices");
        await ApplyAsync(ns, "code-review", "agent.yaml");
        await ApplyAsync(ns, "code-review", "workflow.yaml");

        Workflow ended = await ns.UntilEndedSlowlyAsync("code-review");

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        StepStatus review = ended.Status.Steps!.Single(static step => step.Name == "review");
        review.Outputs!["verdict"].GetString().ShouldBe("approve");
        review.Outputs["issues"].EnumerateArray().Single().GetProperty("severity").GetString().ShouldBe("low");
        review.Usage.ShouldBe(new StepUsage { Requests = 2, InputTokens = 3390, OutputTokens = 205, CostMicros = Micros, Currency = "USD" });
        ended.Status.Cost.ShouldNotBeNull().ShouldContain("0.013245");
        (await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "logs", $"job/{ended.Status.Steps!.Single(static step => step.Name == "report").Job}", "--namespace", ns.Name))
            .ShouldStartWith("verdict: approve\nThe service is asked for before the host is disposed of");

        Agent agent = await ns.UntilAsync<Agent>("code-reviewer", static candidate => candidate.Status?.Usage?.Calls == 1, Say);
        AgentUsage usage = agent.Status!.Usage!;
        (usage.Requests, usage.InputTokens, usage.OutputTokens, usage.Tokens, usage.CostMicros, usage.Currency).ShouldBe((2, 3390, 205, 3595, Micros, "USD"));
        DiscoveredTools tools = agent.Status.Tools!.Single();
        (tools.Server, tools.Problem).ShouldBe(("security", null));
        tools.Names.ShouldBe(["scan"]);
        agent.Status.Conditions!.Single(static condition => condition.Type == AgentConditionTypes.ModelReachable).Status.ShouldBe(ConditionStatus.True);
        string server = await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "logs", "deployment/security-scan", "--namespace", ns.Name);
        server.ShouldContain("POST /mcp");
        (await RestrictedPods.ViolationsAsync(ns)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_team_hands_on_what_each_of_it_made()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperatorWithChannel(ns);
        await ApplyAsync(ns, "team", "agents.yaml");
        await ApplyAsync(ns, "team", "workflow.yaml");

        Workflow ended = await ns.UntilEndedSlowlyAsync("team");

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
        Dictionary<string, StepStatus> steps = ended.Status.Steps!.ToDictionary(static step => step.Name);
        steps["write"].Outputs!["sources"].EnumerateArray().Single().GetProperty("text").GetString().ShouldNotBeNull().ShouldContain("wc -w");
        steps["review"].Outputs!["issues"].GetArrayLength().ShouldBe(0);
        steps["test"].Outputs!["cases"].GetArrayLength().ShouldBe(2);
        KubeList<Agent> agents = await ns.Client.Resource<Agent>(ns.Name).ListAsync(new ListOptions(), TestContext.Current.CancellationToken);
        agents.Items.Count.ShouldBe(5);
        foreach (string name in agents.Items.Select(static agent => agent.Metadata.Name!))
        {
            await ns.UntilAsync<Agent>(name, static agent => agent.Status?.Usage is { Calls: 1, Requests: 1 }, Say);
        }

        (await RestrictedPods.ViolationsAsync(ns)).ShouldBeEmpty();
    }

    private static async Task ApplyAsync(TestNamespace ns, string example, string file) =>
        await ns.ApplyAsync(await File.ReadAllTextAsync(Repository.PathTo("examples", example, file), TestContext.Current.CancellationToken));

    private static string Say(Agent agent) => JsonSerializer.Serialize(agent.Status, ApiJsonContext.Default.AgentStatus);
}
