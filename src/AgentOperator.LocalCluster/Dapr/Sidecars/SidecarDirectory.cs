using System.Collections.Immutable;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>Which sidecars run.</summary>
internal sealed class SidecarDirectory
{
    private ImmutableList<Sidecar> _all = [];
    private int _turn;

    public void Add(Sidecar sidecar) => ImmutableInterlocked.Update(ref _all, all => all.Add(sidecar));

    public void Remove(Sidecar sidecar) => ImmutableInterlocked.Update(ref _all, all => all.Remove(sidecar));

    /// <summary>One that takes calls for an app id, in turn; null when there is none.</summary>
    public Sidecar? Next(string ns, string appId)
    {
        Sidecar[] found = [.. _all.Where(sidecar => sidecar.Options.Namespace == ns && sidecar.Options.AppId == appId && sidecar.IsReady && sidecar.Options.IsInvocable())];
        return found.Length == 0 ? null : found[(uint)Interlocked.Increment(ref _turn) % (uint)found.Length];
    }
}
