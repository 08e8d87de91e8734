using System.Collections.Concurrent;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Jobs;

/// <summary>Ledgers of Jobs and the last state of their deleted pods, until the Job is gone.</summary>
internal sealed class JobMemory
{
    private readonly ConcurrentDictionary<string, JobLedger> _ledgers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Pod>> _gone = new(StringComparer.Ordinal);

    public JobLedger Ledger(string uid) => _ledgers.GetValueOrDefault(uid, JobLedger.Empty);

    public IReadOnlyCollection<Pod> Gone(string uid) => _gone.TryGetValue(uid, out ConcurrentQueue<Pod>? pods) ? [.. pods] : [];

    public void Keep(string uid, JobLedger ledger) => _ledgers[uid] = ledger;

    /// <summary>Notes a deleted pod.</summary>
    public void Lost(Pod pod)
    {
        if (pod.ControllerOwner() is { Kind: "Job" } owner)
        {
            _gone.GetOrAdd(owner.Uid, static _ => new()).Enqueue(pod);
        }
    }

    public void Forget(string uid)
    {
        _ledgers.TryRemove(uid, out _);
        _gone.TryRemove(uid, out _);
    }
}
