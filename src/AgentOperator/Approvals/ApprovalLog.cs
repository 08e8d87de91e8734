using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Approvals;

/// <summary>Each decision that counted, as a line of the log: what was cut off a chain in status is still there.</summary>
internal sealed partial class ApprovalLog(ILogger<ApprovalLog> logger)
{
    /// <summary>Tells what a written status has more than the one before it.</summary>
    public void Tell(Workflow workflow, WorkflowStatus written)
    {
        IReadOnlyList<ApprovalRecord> before = workflow.Status?.Approvals ?? [];
        if (written.Approvals is not { } after || ReferenceEquals(before, after))
        {
            return;
        }

        HashSet<string?> known = [.. before.Select(static record => record.Hash)];
        foreach (ApprovalRecord record in after.Where(record => !known.Contains(record.Hash)))
        {
            LogDecision(
                logger, record.Decision, record.User, workflow.Metadata.Namespace, workflow.Metadata.Name, record.Run, record.Gate, record.Visit, record.At.ToString(), record.Groups is null ? "" : string.Join(',', record.Groups),
                record.Comment, record.Approval, record.Uid, record.Digest, record.Previous, record.Hash);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Decision} by {User} counts for Workflow {Ns}/{Name}, run {Run}, gate {Gate}, visit {Visit}, made at {At} for groups [{Groups}]: {Comment} (Approval {Approval} {Uid}, digest {Digest}, previous {Previous}, hash {Hash})")]
    private static partial void LogDecision(
        ILogger logger, string decision, string user, string? ns, string? name, long run, string gate, int? visit, string at, string groups, string? comment, string approval, string uid, string digest, string? previous, string? hash);
}
