using AgentOperator.Kube;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Tests.Cluster;

public sealed class SimulatedTests : IAsyncLifetime
{
    private string _state = "";

    public async ValueTask InitializeAsync()
    {
        string? missing = await TestAssets.MissingAsync();
        Assert.True(missing is null, missing);
        _state = Directory.CreateTempSubdirectory("local-cluster-").FullName;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_state, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Jobs_end_by_one_write_and_without_pods()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using LocalCluster cluster = await LocalCluster.StartAsync(new LocalClusterOptions { StateRoot = _state, SimulatedDelay = TimeSpan.FromMilliseconds(100) }, cancellation);
        using KubeClient client = new(cluster.Connection);
        ResourceClient<Job> jobs = client.Resource<Job>("default");
        await jobs.CreateAsync(TestJobs.Shell("good", "exit 1"), cancellation);
        Job bad = TestJobs.Shell("bad", "exit 0");
        await jobs.CreateAsync(bad with { Metadata = bad.Metadata with { Annotations = new Dictionary<string, string> { ["agentoperator.dev/simulate"] = "fail" } } }, cancellation);

        Job many = TestJobs.Shell("many", "exit 1");
        await jobs.CreateAsync(many with { Spec = many.Spec! with { CompletionMode = "Indexed", Completions = 10_000, Parallelism = 100 } }, cancellation);

        Job good = await Until.Async(() => jobs.GetAsync("good", CancellationToken.None), static job => job.Status?.Conditions is not null);
        good.Status!.Conditions!.Select(static condition => condition.Type).ShouldBe(["SuccessCriteriaMet", "Complete"]);
        good.Status.Succeeded.ShouldBe(1);
        good.Status.CompletionTime.ShouldNotBeNull();
        Job failed = await Until.Async(() => jobs.GetAsync("bad", CancellationToken.None), static job => job.Status?.Conditions is not null);
        failed.Status!.Conditions!.Select(static condition => condition.Type).ShouldBe(["FailureTarget", "Failed"]);
        Job indexed = await Until.Async(() => jobs.GetAsync("many", CancellationToken.None), static job => job.Status?.Conditions is not null);
        (indexed.Status!.Succeeded, indexed.Status.CompletedIndexes).ShouldBe((10_000, "0-9999"));
        (await client.Resource<Pod>().ListAsync(new ListOptions(), cancellation)).Items.ShouldBeEmpty();
    }
}
