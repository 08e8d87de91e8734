using System.Globalization;
using AgentOperator.Kube;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Locking;

/// <summary>How many may hold a lock: of a mutex one, of a semaphore what the ConfigMap says just now.</summary>
internal sealed class LockLimits(KubeClient client, OperatorOptions options)
{
    /// <summary>The limit, or what to do about that there is none.</summary>
    public async Task<(int? Limit, string? Problem)> ReadAsync(LockId id, CancellationToken cancellation)
    {
        if (id.Kind == LockId.Mutex)
        {
            return (1, null);
        }

        if (id.Kind == LockId.Room)
        {
            return (id == Permits.SharedPermits.AllNamespaces(options) ? options.MaxParallelSteps : options.MaxParallelStepsPerNamespace, null);
        }

        string[] parts = id.Name.Split('/');
        ConfigMap? map = await client.Resource<ConfigMap>(id.Namespace).FindAsync(parts[0], cancellation);
        string? text = map?.Data?.GetValueOrDefault(parts[1]);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit > 0
            ? (limit, null)
            : (null, $"semaphore {id.Name} lets nobody in: {Wrong(map, parts, text)}; make ConfigMap {parts[0]} say under the key {parts[1]} how many may be in at once, a whole number from 1");
    }

    private static string Wrong(ConfigMap? map, string[] parts, string? text) =>
        map is null ? $"there is no ConfigMap {parts[0]}"
        : text is null ? $"ConfigMap {parts[0]} has no key {parts[1]}"
        : "what ConfigMap " + parts[0] + " says there is no such number";
}
