using AgentOperator.Api.Approvals;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Kube.Models;

namespace AgentOperator.Tests.Approvals;

/// <summary>A gate, and decisions on it.</summary>
internal static class Gates
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);

    private static int _count;

    public static GatePolicy Policy { get; } = GatePolicies.Effective(new ApprovalStep { Approvers = new Approvers { Users = ["alice", "bob", "carol"], Groups = ["sre"] } }, []);

    public static GateSubject Subject { get; } = new()
    {
        Kind = "Workflow",
        Namespace = "shop",
        Name = "deploy",
        Uid = "uid-1",
        Run = 3,
        Gate = "approve",
        Visit = 1,
        Policy = Policy,
        SpecDigest = "v1:sha256:abc",
        Message = "ship 1.4.2?",
        Results = new Dictionary<string, string> { ["build"] = "sha256:1" },
    };

    public static EnforcementState Enforced { get; } = new() { IsEnforced = true, Since = Start.AddHours(-1), Policies = "p1", IsStampEnforced = true };

    public static GateSubject With(this GateSubject subject, GatePolicy policy) => subject with { Policy = policy };

    /// <summary>The gate as it is when it begins to wait.</summary>
    public static GateStatus Opened(GateSubject subject) => GateDecider.Decide(subject, null, new GateSurroundings([], Enforced, ["dan"]), Start).Status;

    public static GateVerdict Decide(GateSubject subject, params Approval[] approvals) => Decide(subject, ["dan"], approvals);

    public static GateVerdict Decide(GateSubject subject, IReadOnlyList<string>? authors, params Approval[] approvals) =>
        GateDecider.Decide(subject, Opened(subject), new GateSurroundings(approvals, Enforced, authors), Start.AddMinutes(5));

    /// <summary>A decision on a gate, made a minute after it opened.</summary>
    public static Approval By(string user, GateSubject subject, string decision = "Approve", string[]? groups = null, DateTimeOffset? at = null, string? digest = null) => new()
    {
        Metadata = new ObjectMeta { Name = $"a-{Interlocked.Increment(ref _count)}", Namespace = subject.Namespace, Uid = $"u-{_count}", CreationTimestamp = new Time(at ?? Start.AddMinutes(1)) },
        Spec = new ApprovalSpec
        {
            For = new ApprovalTarget { Kind = subject.Kind, Name = subject.Name, Gate = subject.Gate, Digest = digest ?? GateDigest.Of(subject) },
            Decision = decision,
            Comment = "as agreed",
            User = user,
            Groups = groups,
        },
    };
}
