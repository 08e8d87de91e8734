using System.Text.RegularExpressions;
using AgentOperator.Api.Workflows;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>What the documentation shows can be applied as it stands, and works.</summary>
public sealed partial class DocumentationTests(ClusterFixture cluster)
{
    /// <summary>Agents, models and tools of others are not at hand here: these are applied, and wait for their agent.</summary>
    private static readonly string[] WithoutAgents = ["ask", "vote"];

    /// <summary>It fails, to show what is undone.</summary>
    private const string Undone = "undo";

    public static TheoryData<string> Workflows => [.. Blocks().Keys.Where(static name => name != Undone && !WithoutAgents.Contains(name))];

    [Theory]
    [InlineData("ask", "code-reviewer")]
    [InlineData("vote", "security-reviewer")]
    public async Task An_example_with_an_agent_waits_for_it_and_says_so(string name, string agent)
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Blocks()[name]);

        Workflow waiting = await ns.UntilAsync(name, static workflow => workflow.Status?.Waiting is not null);

        waiting.Status!.Steps![0].Waiting!.Message.ShouldBe($"there is no Agent {agent} in this namespace");
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task An_example_of_the_documentation_succeeds(string name)
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Blocks()[name]);

        Workflow ended = await ns.UntilEndedAsync(name);

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Succeeded, ended.Status.Message);
    }

    [Fact]
    public async Task The_example_that_fails_is_undone()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Blocks()[Undone]);

        Workflow ended = await ns.UntilEndedAsync(Undone);

        ended.Status!.Phase.ShouldBe(WorkflowPhases.Compensated, ended.Status.Message);
        (await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, "logs", $"job/{ended.Status.Compensations!.Single().Job}", "--namespace", ns.Name)).Trim().ShouldBe("release r-1");
    }

    private static Dictionary<string, string> Blocks() =>
        Block().Matches(File.ReadAllText(Repository.PathTo("docs", "workflows.md"))).ToDictionary(static match => match.Groups["name"].Value, static match => match.Groups["yaml"].Value, StringComparer.Ordinal);

    [GeneratedRegex("```yaml\n(?<yaml>.*?kind: Workflow\nmetadata: { name: (?<name>[a-z-]+) }.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
