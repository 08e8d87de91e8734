using System.Globalization;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.EndToEnd.Faults;

/// <summary>Whatever happens between client and server, the cache ends as the server is, and has told no change that was none.
/// FAULT_SECONDS sets how long faults are injected (make soak: ten minutes).</summary>
[Trait("Cluster", "local")]
public sealed class FaultTests(ClusterFixture cluster)
{
    private const int Seed = 20260501;
    private const int DefaultSeconds = 15;
    private const int Reflectors = 10;

    [Fact]
    public async Task No_event_is_lost_or_invented()
    {
        int seconds = int.TryParse(Environment.GetEnvironmentVariable("FAULT_SECONDS"), CultureInfo.InvariantCulture, out int given) ? given : DefaultSeconds;
        using TestNamespace ns = await cluster.NamespaceAsync();
        ResourceClient<ConfigMap> direct = ns.Client.Resource<ConfigMap>(ns.Name);
        await using FaultProxy proxy = await FaultProxy.StartAsync(cluster.Connection, Seed, stallChance: seconds > 60 ? 0.1 : 0);
        using KubeClient spoiled = new(proxy.Connection);
        Witness[] witnesses = [.. Enumerable.Range(0, Reflectors).Select(i => new Witness(spoiled.Resource<ConfigMap>(ns.Name), Seed + i))];
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task[] reflecting = [.. witnesses.Select(witness => witness.RunAsync(stop.Token))];

        ChurningWriter writer = new(direct, ns.Name, Seed);
        await writer.RunAsync(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);
        proxy.IsFaulty = false;
        KubeList<ConfigMap> truth = await direct.ListAsync(new ListOptions(), TestContext.Current.CancellationToken);
        await Task.WhenAll(witnesses.Select(witness => witness.Store.SeenAsync(truth.Metadata.ResourceVersion!, TestContext.Current.CancellationToken)));

        TestContext.Current.TestOutputHelper?.WriteLine($"{writer.Writes} writes, {Reflectors} reflectors, faults: {string.Join(", ", proxy.Faults.Select(static fault => $"{fault.Key} {fault.Value}"))}");
        proxy.Faults.Values.Sum().ShouldBeGreaterThan(Reflectors);
        foreach (Witness witness in witnesses)
        {
            witness.Wrong.ShouldBeEmpty();
            Witness.Versions(witness.Store.All).ShouldBe(Witness.Versions(truth.Items));
            Witness.Versions(witness.Told).ShouldBe(Witness.Versions(truth.Items));
        }

        await stop.CancelAsync();
        await Task.WhenAll(reflecting);
    }
}
