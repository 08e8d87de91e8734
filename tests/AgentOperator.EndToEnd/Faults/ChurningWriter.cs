using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Patching;

namespace AgentOperator.EndToEnd.Faults;

/// <summary>Creates, changes, deletes and re-creates ConfigMaps of a few names, directly at the API server.</summary>
internal sealed class ChurningWriter(ResourceClient<ConfigMap> client, string ns, int seed)
{
    private const int Names = 40;

    private readonly Random _random = new(seed);
    private readonly HashSet<string> _existing = new(StringComparer.Ordinal);

    public int Writes { get; private set; }

    /// <summary>Writes until the time is over.</summary>
    public async Task RunAsync(TimeSpan time, CancellationToken cancellation)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < time)
        {
            string name = $"c{_random.Next(Names)}";
            if (_existing.Add(name))
            {
                await client.CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Name = name, Namespace = ns }, Data = Data() }, cancellation);
            }
            else if (_random.Next(4) == 0)
            {
                await client.DeleteAsync(name, new DeleteOptions(), cancellation);
                _existing.Remove(name);
            }
            else
            {
                await client.PatchAsync(name, Patch.Merge(new ConfigMap { Data = Data() }, ConfigMap.JsonTypeInfo), cancellation);
            }

            Writes++;
        }
    }

    private Dictionary<string, string> Data() => new() { ["value"] = $"{Writes} {new string('ü', _random.Next(200))}" };
}
