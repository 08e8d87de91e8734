using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Requests;
using AgentOperator.Local.Tests.Cluster;

namespace AgentOperator.Local.Tests.Dapr;

/// <summary>One cluster with Dapr for the tests that need pods; each test uses names of its own.</summary>
public sealed class DaprClusterFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("local-cluster-dapr-").FullName;
    private string? _missing;
    private LocalCluster? _cluster;
    private KubeClient? _client;

    internal LocalCluster Cluster
    {
        get
        {
            Assert.True(_missing is null, _missing);
            return _cluster!;
        }
    }

    internal KubeClient Client => Cluster is null ? null! : _client!;

    internal ResourceClient<Pod> Pods => Client.Resource<Pod>("default");

    public async ValueTask InitializeAsync()
    {
        _missing = await TestAssets.MissingAsync();
        if (_missing is null)
        {
            string images = Path.Combine(_folder, "images.json");
            await File.WriteAllTextAsync(images, """{ "images": { "shell": { "entrypoint": ["/bin/sh", "-c"] } } }""");
            _cluster = await LocalCluster.StartAsync(new LocalClusterOptions { Name = "dapr", StateRoot = _folder, ImagesFile = images, Dapr = true }, TestContext.Current.CancellationToken);
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

    /// <summary>Annotations of a pod that wants a sidecar.</summary>
    internal static Dictionary<string, string> Annotations(string appId, params ReadOnlySpan<(string Name, string Value)> more)
    {
        Dictionary<string, string> all = new(StringComparer.Ordinal) { ["dapr.io/enabled"] = "true", ["dapr.io/app-id"] = appId };
        foreach ((string name, string value) in more)
        {
            all["dapr.io/" + name] = value;
        }

        return all;
    }

    internal static Pod WithDapr(Pod pod, string appId, params ReadOnlySpan<(string Name, string Value)> more) => pod with { Metadata = pod.Metadata with { Annotations = Annotations(appId, more) } };

    internal Task<Pod> UntilAsync(string name, Func<Pod, bool> holds) => Until.Async(() => Pods.GetAsync(name, CancellationToken.None), holds, 60);

    internal async Task<string> LogAsync(Pod pod, string container = "main")
    {
        string path = Path.Combine(Cluster.StateFolder, "pods", $"{pod.Metadata.Namespace}_{pod.Metadata.Name}_{pod.Metadata.Uid}", container + ".log");
        return File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
    }

    /// <summary>Applies a manifest of any kind.</summary>
    internal async Task ApplyAsync(string path, string yaml)
    {
        using RawClient raw = new(Cluster.Connection, TimeProvider.System);
        using ByteArrayContent content = RawClient.Content(System.Text.Encoding.UTF8.GetBytes(yaml), "application/apply-patch+yaml");
        await raw.SendAsync(HttpMethod.Patch, path + "?fieldManager=test&force=true", RawClient.Json, content, TestContext.Current.CancellationToken);
    }

    internal Task ComponentAsync(string name, string type, string more = "") => ApplyAsync(
        $"/apis/dapr.io/v1alpha1/namespaces/default/components/{name}",
        $$"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: {{name}}, namespace: default }
        spec: { type: {{type}}, version: v1, metadata: [] }
        {{more}}
        """);
}
