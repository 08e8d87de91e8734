using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;
using AgentOperator.Workflows.Items;
using AgentOperator.Workflows.Items.Keeping;

namespace AgentOperator.EndToEnd.Items;

/// <summary>Results of thousands of items in a few ConfigMaps, whoever writes them.</summary>
public sealed class ResultLogTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Two_replicas_keep_each_result_once_and_together_in_few_objects()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResultLogTarget target = await TargetAsync(ns);
        ResultLogs[] replicas = [new(ns.Client), new(ns.Client)];

        KeepOutcome[][] outcomes = await Task.WhenAll(Enumerable.Range(0, 3000).Select(place => Task.WhenAll(replicas.Select((replica, number) =>
            replica.KeepAsync(target, ItemResults.KeyOf(place), place % 3 == 0 ? $$"""{"by":{{number}}}""" : $$"""{"same":"{{new string('x', 100)}}"}""", isBounded: true, TestContext.Current.CancellationToken)))));

        outcomes.Where(static (_, place) => place % 3 == 0).ShouldAllBe(static pair => pair.Order().SequenceEqual(new[] { KeepOutcome.Kept, KeepOutcome.Different }));
        outcomes.Where(static (_, place) => place % 3 != 0).ShouldAllBe(static pair => pair.Order().SequenceEqual(new[] { KeepOutcome.Kept, KeepOutcome.KeptBefore }));
        ItemResults results = await replicas[0].ReadAsync(ns.Name, target.Name, target.Workflow.Metadata.Uid, TestContext.Current.CancellationToken);
        for (int place = 0; place < outcomes.Length; place++)
        {
            int winner = Array.IndexOf(outcomes[place], KeepOutcome.Kept);
            results.Of(place).ShouldBe(place % 3 == 0 ? $$"""{"by":{{winner}}}""" : $$"""{"same":"{{new string('x', 100)}}"}""");
        }

        IReadOnlyList<ConfigMap> parts = (await ns.Client.Resource<ConfigMap>(ns.Name).ListAsync(new ListOptions { LabelSelector = "app.kubernetes.io/component=item-results" }, TestContext.Current.CancellationToken)).Items;
        parts.Count.ShouldBeInRange(6, 12);
        parts.Count(static part => part.Immutable == true).ShouldBe(parts.Count - 1);
    }

    [Fact]
    public async Task A_result_too_large_for_a_part_has_one_of_its_own_and_a_new_process_goes_on_where_the_last_one_was()
    {
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResultLogTarget target = await TargetAsync(ns);
        string large = $$"""{"x":"{{new string('x', 700_000)}}"}""";
        (string, KeepOutcome)[] posts = [("small", KeepOutcome.Kept), (large, KeepOutcome.Kept), ("small too", KeepOutcome.Kept), (new string('y', 1024 * 1024), KeepOutcome.Full)];

        for (int place = 0; place < posts.Length; place++)
        {
            (await new ResultLogs(ns.Client).KeepAsync(target, ItemResults.KeyOf(place), posts[place].Item1, isBounded: true, TestContext.Current.CancellationToken)).ShouldBe(posts[place].Item2);
        }

        ItemResults results = await new ResultLogs(ns.Client).ReadAsync(ns.Name, target.Name, target.Workflow.Metadata.Uid, TestContext.Current.CancellationToken);
        (results.Of(0), results.Of(1), results.Of(2), results.Of(3), results.Parts).ShouldBe(("small", large, "small too", null, 3));
    }

    private static async Task<ResultLogTarget> TargetAsync(TestNamespace ns)
    {
        await ns.ApplyAsync("""
            apiVersion: agentoperator.dev/v1alpha1
            kind: Workflow
            metadata: { name: w }
            spec: { steps: [{ name: s, container: { image: i } }] }
            """);
        Workflow workflow = await ns.Client.Resource<Workflow>(ns.Name).GetAsync("w", TestContext.Current.CancellationToken);
        return ResultLogTarget.Of(new ItemNames(workflow, 1, new AttemptId("s", 0)));
    }
}
