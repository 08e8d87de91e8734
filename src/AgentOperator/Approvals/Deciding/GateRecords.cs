using AgentOperator.Api.Approvals;

namespace AgentOperator.Approvals.Deciding;

/// <summary>Decisions that counted go into the chain, once each.</summary>
internal static class GateRecords
{
    /// <param name="chain">What there is; null for nothing.</param>
    /// <param name="subject">What was decided on.</param>
    /// <param name="isLoop">True where visits are counted.</param>
    /// <param name="counted">Decisions that count, oldest first.</param>
    /// <param name="before">The gate as it was: who is on record there is in the chain, or has fallen off its front.</param>
    public static IReadOnlyList<ApprovalRecord>? Append(IReadOnlyList<ApprovalRecord>? chain, GateSubject subject, bool isLoop, IReadOnlyList<Approval> counted, GateStatus? before)
    {
        IReadOnlyList<ApprovalRecord> all = chain ?? [];
        HashSet<string> users = new(StringComparer.Ordinal);
        foreach (Approval approval in counted)
        {
            // A further approval, for more groups, is a record of its own. One from before the oldest that is kept may have fallen off.
            bool mayHaveBeen = users.Add(approval.Spec.User) || (all.Count == ApprovalChain.Limit && approval.Metadata.CreationTimestamp!.Value.Value <= all[0].At.Value);
            bool isOnRecord = mayHaveBeen && before?.Digest == approval.Spec.For.Digest && approval.Spec.Decision == ApprovalDecisions.Approve && before.ApprovedBy?.Contains(approval.Spec.User) == true;
            if (!isOnRecord && !all.Any(record => record.Uid == approval.Metadata.Uid && record.Digest == approval.Spec.For.Digest))
            {
                all = ApprovalChain.Append(all, new ApprovalRecord
                {
                    Run = subject.Run,
                    Gate = subject.Gate,
                    Visit = isLoop ? subject.Visit : null,
                    User = approval.Spec.User,
                    Groups = approval.Spec.Groups is { Count: > 0 } groups ? groups : null,
                    Decision = approval.Spec.Decision,
                    Comment = approval.Spec.Comment is { Length: > 0 } comment ? comment : null,
                    At = approval.Metadata.CreationTimestamp!.Value,
                    Approval = approval.Metadata.Name!,
                    Uid = approval.Metadata.Uid!,
                    Digest = approval.Spec.For.Digest,
                });
            }
        }

        return all.Count > 0 ? all : null;
    }
}
