using System.Collections.Concurrent;
using AgentOperator.Api;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Holding;

/// <summary>The hold of an operator's own namespace: an account with rights in one namespace may read it, but not watch namespaces.</summary>
internal sealed class PolledHolds(KubeClient client, TimeProvider time) : IHolds
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, bool IsHeld)> _known = new(StringComparer.Ordinal);

    public async ValueTask<bool> IsHeldAsync(string ns, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_known.TryGetValue(ns, out (DateTimeOffset At, bool IsHeld) known) && now - known.At < Age)
        {
            return known.IsHeld;
        }

        try
        {
            HeldNamespace? found = await client.Resource<HeldNamespace>().FindAsync(ns, cancellation);
            bool isHeld = found?.Label(Labels.Hold) == "true";
            _known[ns] = (now, isHeld);
            return isHeld;
        }
        catch (Exception error) when (known.At != default && error is KubeApiException or HttpRequestException or IOException or TimeoutException)
        {
            // Runs under way must not stop because the hold cannot be asked for: what was known last holds on.
            return known.IsHeld;
        }
    }
}
