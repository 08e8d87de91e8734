using AgentOperator.Api.Workflows;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Coordination;

namespace AgentOperator.Workflows.Locking;

/// <summary>Asks for what a Workflow wants and gives back what it holds beyond that. It comes after the status write: what is given back is over for good, what is asked for is on record.</summary>
internal sealed class LockKeeper(LockBook book, LockStore store, HolderPods pods, ObjectStore<Lease> leases)
{
    /// <summary>How often a lock is looked at again whose Lease somebody has made unreadable.</summary>
    private static readonly TimeSpan UnreadableAgain = TimeSpan.FromSeconds(10);

    /// <summary>The locks as they are seen.</summary>
    public ILocks Book => book;

    /// <summary>True when something is to be given back: for that the decision must be from the newest state.</summary>
    public bool GivesBack(Workflow workflow, IReadOnlyCollection<LockClaim> wanted) => book.Of(workflow.Key()).Any(id => Over(workflow, id, wanted).Any());

    /// <summary>Carries a decision out; returns when to look again, null when nothing is left.</summary>
    public async Task<TimeSpan?> KeepAsync(Workflow workflow, IReadOnlyCollection<LockClaim> wanted, OwnWrites writes, CancellationToken cancellation)
    {
        TimeSpan? again = null;
        foreach (LockId id in wanted.Select(static claim => claim.Id).Concat(book.Of(workflow.Key())).Distinct().ToArray())
        {
            if (book.ProblemOf(id) is not null)
            {
                // Its waiters say what to do; nothing else of the Workflow stands still for it.
                again = Sooner(again, UnreadableAgain);
                continue;
            }

            HashSet<string> over = new(StringComparer.Ordinal);
            foreach (LockEntry entry in Over(workflow, id, wanted))
            {
                bool isBusy = id.Kind != LockId.Room && book.Find(id)!.Holders.Contains(entry) && entry.IsOf(workflow) && await pods.AreAtWorkAsync(entry, MayHaveBelow(workflow, entry), cancellation);
                again = isBusy ? Sooner(again, HolderPods.Again) : again;
                if (!isBusy)
                {
                    over.Add(entry.Holder);
                }
            }

            LockEntry[] missing = [.. wanted.Where(claim => claim.Id == id && book.Find(id) is not { } record || claim.Id == id && !Has(book.Find(id)!, claim)).Select(claim => claim.EntryOf(workflow))];
            if (over.Count == 0 && missing.Length == 0)
            {
                continue;
            }

            string? written = await store.ChangeAsync(id, record => missing.Aggregate(record.Drop(entry => over.Contains(entry.Holder)), static (lockRecord, entry) => lockRecord.Ask(entry)), cancellation);
            writes.Record(workflow.Key(), leases, written, id.Namespace);
        }

        return again;
    }

    /// <summary>The spec of an older run is not at hand.</summary>
    private static bool MayHaveBelow(Workflow workflow, LockEntry entry) =>
        workflow.Status is not { RunSpec: { } spec, Run: { } run }
        || !$"{entry.Holder}/".StartsWith($"{LocksAbove.HolderOf(workflow, run)}/", StringComparison.Ordinal)
        || spec.Steps.Concat(spec.Finally ?? []).Any(static step => step.Workflow is not null);

    private static TimeSpan Sooner(TimeSpan? one, TimeSpan other) => one < other ? one.Value : other;

    /// <summary>A full queue takes nobody who would be its last: that one comes again when the lock moves on.</summary>
    private static bool Has(LockRecord record, LockClaim claim) =>
        record.IsHeldBy(claim.Holder) || record.IsWaitedFor(claim.Holder, claim.Priority) || (record.IsFull && record.Waiters.All(waiter => waiter.Priority >= claim.Priority));

    private IEnumerable<LockEntry> Over(Workflow workflow, LockId id, IReadOnlyCollection<LockClaim> wanted) => book.Find(id) is not { } record
        ? []
        : record.Holders.Concat(record.Waiters).Where(entry => entry.IsOf(workflow) && !wanted.Any(claim => claim.Id == id && claim.Holder == entry.Holder));
}
