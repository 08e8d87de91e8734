using AgentOperator.Api.Approvals;
using AgentOperator.Kube.Models;

namespace AgentOperator.Approvals.Deciding;

/// <summary>Sorts the Approvals of a gate into those that count and those that do not.</summary>
internal sealed class GateCount
{
    private const int MaxIgnored = 10;

    /// <summary>More than any gate asks for; status holds no more.</summary>
    private const int MaxApproved = 50;

    private readonly List<Approval> _approved = [];
    private readonly List<ApprovalSpec> _approvers = [];
    private readonly List<string> _ignored = [];

    private GateCount()
    {
    }

    /// <summary>The first Reject that counts.</summary>
    public Approval? Rejection { get; private set; }

    /// <summary>What counts, oldest first: one Approve of each user, and further ones for groups that he had not named before.</summary>
    public IReadOnlyList<Approval> Approved => _approved;

    /// <summary>Who approves, once each, with all groups that he does it for.</summary>
    public IReadOnlyList<ApprovalSpec> Approvers => _approvers;

    /// <summary>Why others do not count, newest last.</summary>
    public IReadOnlyList<string>? Ignored => _ignored is [] ? null : [.. _ignored.TakeLast(MaxIgnored)];

    /// <param name="subject">What is decided on.</param>
    /// <param name="gate">The gate, which is open.</param>
    /// <param name="seen">What is there.</param>
    public static GateCount Of(GateSubject subject, GateStatus gate, GateSurroundings seen)
    {
        GateCount count = new();
        foreach (Approval approval in seen.Approvals
            .Where(approval => approval.Spec.For is { } target && target.Kind == subject.Kind && target.Name == subject.Name && target.Gate == subject.Gate && approval.Metadata.Namespace == subject.Namespace)
            .OrderBy(static approval => approval.Metadata.CreationTimestamp?.Value)
            .ThenBy(static approval => approval.Metadata.Uid, StringComparer.Ordinal))
        {
            if (WhyNot(approval, subject.Policy, gate, seen) is { } reason)
            {
                count._ignored.Add($"{approval.Metadata.Name} of {approval.Spec.User}: {reason}");
            }
            else if (approval.Spec.Decision == ApprovalDecisions.Reject)
            {
                count.Rejection ??= approval;
            }
            else
            {
                count.Add(approval);
            }
        }

        return count;
    }

    private void Add(Approval approval)
    {
        int known = _approvers.FindIndex(other => other.User == approval.Spec.User);
        if (known < 0)
        {
            if (_approvers.Count < MaxApproved)
            {
                _approvers.Add(approval.Spec);
                _approved.Add(approval);
            }

            return;
        }

        string[] before = [.. _approvers[known].Groups ?? []];
        if (approval.Spec.Groups?.Except(before, StringComparer.Ordinal).ToArray() is { Length: > 0 } more)
        {
            _approvers[known] = _approvers[known] with { Groups = [.. before, .. more] };
            _approved.Add(approval);
        }
    }

    private static string? WhyNot(Approval approval, GatePolicy policy, GateStatus gate, GateSurroundings seen)
    {
        ApprovalSpec decision = approval.Spec;
        if (decision.For.Digest != gate.Digest)
        {
            return "it names another digest, so it was made for something else";
        }

        if (approval.Metadata.CreationTimestamp is not { } at || at.Value < WholeSecond(gate.OpenedAt!.Value))
        {
            return "it is older than the gate: create it anew";
        }

        if (at.Value < seen.Enforcement.Since)
        {
            return $"it is from before {new Time(seen.Enforcement.Since)}, when it was not known that nobody can decide in another's name: create it anew";
        }

        if (at.Value > gate.Deadline?.Value)
        {
            return "it came after the deadline";
        }

        if (!Deciders.AreNamed(policy.Approvers, decision))
        {
            return Deciders.IsProgram(decision.User)
                ? "a service account decides only where approvers.serviceAccounts names it"
                : "the gate does not name this user, nor one of the groups in spec.groups";
        }

        if (decision.Decision == ApprovalDecisions.Reject)
        {
            return null;
        }

        return !policy.AllowSelf && seen.Authors?.Contains(decision.User) == true ? "who changed what the run executes does not approve it" : approval.IsTerminating() ? "it is being deleted" : null;
    }

    private static DateTimeOffset WholeSecond(MicroTime time) => new(time.Value.Ticks - (time.Value.Ticks % TimeSpan.TicksPerSecond), time.Value.Offset);
}
