using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Controllers;
using AgentOperator.Controllers.Access;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Approvals.Upkeep;

/// <summary>Nobody else may delete a decision, so the operator does, once nothing tells of the run any more that it was made for.</summary>
[RequiresAccess<Approval>(Verbs.Delete, Verbs.List, Verbs.Watch)]
internal sealed partial class ApprovalReconciler(KubeClient client, ObjectStore<Approval> approvals, ILogger<ApprovalReconciler> logger) : IReconciler<Approval>
{
    /// <summary>Nothing tells of a run that leaves history: it is looked for.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    public async Task<Outcome> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (approvals.Find(key) is not { } approval)
        {
            return Outcome.Done;
        }

        // The API server is asked, since a cache may not have seen a Workflow that was created a moment ago.
        Workflow? workflow = await client.Resource<Workflow>(key.Namespace).FindAsync(approval.Spec.For.Name, cancellation);
        if (workflow is not null && !IsForgotten(approval, workflow))
        {
            return Outcome.After(Look);
        }

        await client.Resource<Approval>(key.Namespace).DeleteAsync(key.Name, new DeleteOptions { Uid = approval.Metadata.Uid }, cancellation);
        LogDeleted(logger, key.Namespace, key.Name, approval.Spec.User, approval.Spec.For.Name, workflow is null ? "which is gone" : "of which no run is left that it could be for");
        return Outcome.Done;
    }

    /// <summary>True for a decision from before the oldest run that the Workflow tells of.</summary>
    public static bool IsForgotten(Approval approval, Workflow workflow) =>
        approval.Metadata.CreationTimestamp?.Value < (workflow.Status?.History is [.., { StartedAt: { } oldest }] ? oldest.Value : workflow.Status?.StartedAt?.Value ?? workflow.Metadata.CreationTimestamp?.Value)?.AddSeconds(-1);

    [LoggerMessage(1, LogLevel.Information, "Approval {Ns}/{Name} of {User} was deleted: it was for Workflow {Workflow}, {Why}")]
    private static partial void LogDeleted(ILogger logger, string? ns, string name, string user, string workflow, string why);
}
