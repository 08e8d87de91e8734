using AgentOperator.Api.Workflows;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Workflows.Memos;

/// <summary>Removes kept successes that are too old to be taken over and that no status refers to.</summary>
[RequiresAccess<ConfigMap>(Verbs.Delete, Verbs.List, Verbs.Watch)]
internal sealed class MemoReconciler(KubeClient client, ObjectStore<MemoEntry> entries, ObjectStore<Workflow> workflows, TimeProvider time) : IReconciler<MemoEntry>
{
    /// <summary>A run may have taken it over in its last moment, and its status be on the way.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Nothing tells of a status that refers to it no more: it is looked for.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public async Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (entries.Find(key) is not { } entry)
        {
            return Outcome.Done;
        }

        // What cannot be read is nobody's use.
        TimeSpan left = entry.Read() is { } memo ? memo.ExpiresAt + Grace - time.GetUtcNow() : TimeSpan.Zero;
        if (left > TimeSpan.Zero)
        {
            return Outcome.After(left < LongestWait ? left : LongestWait);
        }

        if (IsRead(key))
        {
            return Outcome.After(Look);
        }

        await client.Resource<ConfigMap>(key.Namespace).DeleteAsync(key.Name, new DeleteOptions { Uid = entry.Metadata.Uid }, cancellation);
        return Outcome.Done;
    }

    private bool IsRead(ObjectKey key) => workflows.All.Any(workflow => workflow.Metadata.Namespace == key.Namespace
        && RunParts.All(workflow.Status).SelectMany(static step => (step.References?.Values ?? []).Concat(step.Previous?.References?.Values ?? [])).Any(reference => reference.ConfigMap == key.Name));
}
