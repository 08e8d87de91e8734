using System.Buffers;
using System.Text.Json;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.Bench.Sync;

/// <summary>A reflector fills its store with 10,000 objects of 2 KB; beside it the same list is only read and its JSON walked through.</summary>
internal static class SyncBench
{
    private const int Objects = 10_000;
    private const int Bytes = 2048;
    private const string Namespace = "sync";
    private const double Mebibyte = 1024 * 1024;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(LocalCluster cluster, CancellationToken cancellation)
    {
        using KubeClient client = new(cluster.Connection);
        await FillAsync(client, cancellation);

        // Once for the compiler and the server's own caches.
        await FloorAsync(client, cancellation);
        await SyncAsync(client, cancellation);
        (double floorSeconds, long floorAllocated) = await FloorAsync(client, cancellation);
        (double seconds, long allocated, double peak, double steady) = await SyncAsync(client, cancellation);
        return
        [
            new Measurement("sync.10k_floor_s", floorSeconds, "s", null),
            new Measurement("sync.10k_s", seconds, "s", null),
            new Measurement("sync.10k_peak_mb", peak, "MiB", null),
            new Measurement("sync.10k_steady_mb", steady, "MiB", null),
            new Measurement("sync.10k_allocated_bytes_per_object", (double)allocated / Objects, "B", null),
            new Measurement("sync.10k_floor_allocated_bytes_per_object", (double)floorAllocated / Objects, "B", null),
        ];
    }

    private static async Task FillAsync(KubeClient client, CancellationToken cancellation)
    {
        await client.Resource<Namespace>().CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = Namespace } }, cancellation);
        string text = new('x', Bytes);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Objects),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellation },
            async (i, token) => await client.Resource<ConfigMap>(Namespace).CreateAsync(
                new ConfigMap { Metadata = new ObjectMeta { Name = $"c{i}", Namespace = Namespace }, Data = new Dictionary<string, string> { ["text"] = text } },
                token));
    }

    private static async Task<(double Seconds, long Allocated)> FloorAsync(KubeClient client, CancellationToken cancellation)
    {
        Collect();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long started = TimeProvider.System.GetTimestamp();
        int tokens = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"api/v1/namespaces/{Namespace}/configmaps"), Walk, cancellation);
        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return tokens > Objects ? (seconds, GC.GetTotalAllocatedBytes(precise: true) - allocated) : throw new InvalidOperationException("The list is too short.");
    }

    private static int Walk(ReadOnlySequence<byte> body)
    {
        Utf8JsonReader reader = new(body);
        int tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    private static async Task<(double Seconds, long Allocated, double Peak, double Steady)> SyncAsync(KubeClient client, CancellationToken cancellation)
    {
        Collect();
        double before = GC.GetTotalMemory(forceFullCollection: true);
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long highest = 0;
        using ITimer sampler = TimeProvider.System.CreateTimer(_ => highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: false)), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
        long started = TimeProvider.System.GetTimestamp();
        ObjectStore<ConfigMap> store = new();
        Reflector<ConfigMap> reflector = new(new ApiObjectSource<ConfigMap>(client.Resource<ConfigMap>(Namespace)), store, TimeProvider.System, new Random(), NullLogger<Reflector<ConfigMap>>.Instance);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task running = reflector.RunAsync(stop.Token);
        await reflector.Synced;
        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        long spent = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        double peak = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: false)) - before;
        Collect();
        double steady = GC.GetTotalMemory(forceFullCollection: true) - before;

        // The namespace has a ConfigMap of its own besides.
        bool isComplete = store.Count >= Objects;
        await stop.CancelAsync();
        await running;
        return isComplete ? (seconds, spent, peak / Mebibyte, steady / Mebibyte) : throw new InvalidOperationException("The store is not complete.");
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
