using AgentOperator.Api;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Memos;

/// <summary>Earlier successes as the cache shows them.</summary>
internal sealed class CachedMemos(ObjectStore<MemoEntry> entries) : IMemos
{
    /// <summary>What the cache is indexed by.</summary>
    public static string? KeyOf(MemoEntry entry) => entry.Label(Labels.Memo) is { } digest ? KeyOf(entry.Metadata.Namespace!, digest) : null;

    public Memo? Find(string ns, string digest) => entries.Indexed(KeyOf(ns, digest)).Values
        .Select(static entry => entry.Read())
        .OfType<Memo>()
        .MaxBy(static memo => memo.FinishedAt);

    private static string KeyOf(string ns, string digest) => $"{ns}/{digest}";
}
