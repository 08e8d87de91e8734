using System.Text.RegularExpressions;
using AgentOperator.Api.Workflows;
using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>What the documentation shows can be applied as it stands, and works.</summary>
public sealed partial class DocumentationTests(ClusterFixture cluster)
{
    /// <summary>Models and tools of others are not at hand here: it is applied, and waits for its agent.</summary>
    private const string WithoutAgents = "ask";

    public static TheoryData<string> Workflows => [.. Blocks().Keys.Where(static name => name != WithoutAgents)];

    [Fact]
    public async Task The_example_with_an_agent_waits_for_it_and_says_so()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        await using OperatorProcess process = cluster.StartOperator(ns);
        await ns.ApplyAsync(Blocks()[WithoutAgents]);

        Workflow waiting = await ns.UntilAsync(WithoutAgents, static workflow => workflow.Status?.Waiting is not null);

        waiting.Status!.Steps![0].Waiting!.Message.ShouldBe("there is no Agent code-reviewer in this namespace");
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

    private static Dictionary<string, string> Blocks() =>
        Block().Matches(File.ReadAllText(Repository.PathTo("docs", "workflows.md"))).ToDictionary(static match => match.Groups["name"].Value, static match => match.Groups["yaml"].Value, StringComparer.Ordinal);

    [GeneratedRegex("```yaml\n(?<yaml>.*?kind: Workflow\nmetadata: { name: (?<name>[a-z-]+) }.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
