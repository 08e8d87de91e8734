using AgentOperator.Kube;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Tests.Cluster;

[assembly: AssemblyFixture(typeof(ClusterFixture))]

namespace AgentOperator.Local.Tests.Cluster;

/// <summary>One cluster for the tests that only look at outcomes; each test uses names of its own.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("local-cluster-").FullName;
    private string? _missing;
    private LocalCluster? _cluster;
    private KubeClient? _client;

    /// <summary>The running cluster; without a control plane the test fails, since make test builds one.</summary>
    public LocalCluster Cluster
    {
        get
        {
            Assert.True(_missing is null, _missing);
            return _cluster!;
        }
    }

    public string ImagesFile => Path.Combine(_folder, "images.json");

    internal ResourceClient<Job> Jobs => Client.Resource<Job>("default");

    internal ResourceClient<Pod> Pods => Client.Resource<Pod>("default");

    internal KubeClient Client => Cluster is null ? null! : _client!;

    public async ValueTask InitializeAsync()
    {
        _missing = await TestAssets.MissingAsync();
        if (_missing is null)
        {
            await File.WriteAllTextAsync(ImagesFile, """{ "images": { "shell": { "entrypoint": ["/bin/sh", "-c"] } } }""");
            _cluster = await LocalCluster.StartAsync(new LocalClusterOptions { Name = "tests", StateRoot = _folder, ImagesFile = ImagesFile }, TestContext.Current.CancellationToken);
            _client = new KubeClient(_cluster.Connection);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    internal async Task<Job> FinishedAsync(string name, int seconds = 30) =>
        (await Until.Async(() => Jobs.FindAsync(name, CancellationToken.None), static job => job?.Status?.Conditions?.Any(static condition => condition.Type is "Complete" or "Failed") == true, seconds))!;

    internal async Task<Pod?> PodOfAsync(string job) =>
        (await Pods.ListAsync(new ListOptions { LabelSelector = $"{JobLabels.JobName}={job}" }, CancellationToken.None)).Items is [{ } pod, ..] ? pod : null;

    internal async Task<Pod> PodOfAsync(string job, Func<Pod, bool> holds) =>
        (await Until.Async(() => PodOfAsync(job), pod => pod is not null && holds(pod)))!;
}
