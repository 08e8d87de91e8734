using System.Globalization;
using AgentOperator.Api.Workflows;
using AgentOperator.Workflows.Deciding;

namespace AgentOperator.Tests.Workflows.Simulation;

/// <summary>In how many histories what happened: a promise that is never put to the test proves nothing.</summary>
internal sealed class Coverage
{
    private const int Enough = 1000;

    private static readonly Dictionary<string, Func<History, bool>> Features = new(StringComparer.Ordinal)
    {
        ["operator died"] = static history => history.Deaths > 0,
        ["stale read refused"] = static history => history.Conflicts > 0,
        ["run succeeded"] = static history => Any(history, static status => status.Phase == WorkflowPhases.Succeeded),
        ["run failed"] = static history => Any(history, static status => status.Phase == WorkflowPhases.Failed),
        ["run compensated"] = static history => Any(history, static status => status.Phase == WorkflowPhases.Compensated),
        ["run cancelled"] = static history => Any(history, static status => status.Stop?.Reason == StopReasons.Cancelled),
        ["cancelled while undone"] = static history => Any(history, static status => status is { CompensatingSince: not null, Stop: { Mode: CancelModes.Immediate } }),
        ["run replaced"] = static history => Any(history, static status => status.Stop?.Reason == StopReasons.Replaced),
        ["run out of time"] = static history => Any(history, static status => status.Stop?.Reason == StopReasons.DeadlineExceeded),
        ["deleted and undone"] = static history => Any(history, static status => status is { Stop: { Reason: StopReasons.Deleted }, CompensatingSince: not null }),
        ["suspended"] = static history => Any(history, static status => status.Phase == WorkflowPhases.Suspended),
        ["second run"] = static history => Any(history, static status => status.Run > 1),
        ["result reused"] = static history => AnyStep(history, static step => step is { ReusedFrom: not null, Phase: StepPhases.Succeeded }),
        ["result memoized"] = static history => AnyStep(history, static step => step.Memo?.Workflow is not null),
        ["loop went back"] = static history => AnyStep(history, static step => step.Visit > 1),
        ["loop went back to a gate"] = static history => AnyStep(history, static step => step is { Visit: > 1, Gate: not null }),
        ["loop went back to a forEach"] = static history => AnyStep(history, static step => step is { Visit: > 1, Items: not null }),
        ["earlier visit undone"] = static history => Any(history, static status => status.Compensations?.Any(static step => step.Visit is not null) == true),
        ["attempt retried"] = static history => AnyStep(history, static step => step.Attempt > 1),
        ["items with Jobs of their own"] = static history => history.Cluster.Created.Exists(static created => created.Start.Item is not null),
        ["items of an Indexed Job"] = static history => history.Cluster.Indexed.Count > 0,
        ["item retried"] = static history => history.Cluster.ItemEnds.Exists(static end => end.Attempt > 1),
        ["forEach succeeded without all"] = static history => AnyStep(history, static step => step is { Phase: StepPhases.Succeeded, Items.Failed: not null }),
        ["forEach failed"] = static history => AnyStep(history, static step => step.Reason == StepReasons.ItemsFailed),
        ["gate opened"] = static history => AnyStep(history, static step => step is { Phase: StepPhases.Succeeded, Gate: not null }),
        ["gate rejected"] = static history => AnyStep(history, static step => step.Reason == StepReasons.Rejected),
        ["gate not proved"] = static history => AnyStep(history, static step => step.Gate?.Problem is not null),
        ["gate approvals voided"] = static history => history.People.Approvals.Select(static approval => approval.Spec.For.Digest).Distinct().Count() < history.People.Approvals.Count,
        ["checkpoint held"] = static history => AnyStep(history, static step => step.Waiting?.Reason == WaitingReasons.Checkpoint),
        ["event came"] = static history => AnyStep(history, static step => step is { DueAt: not null, Phase: StepPhases.Succeeded }),
        ["nested workflow"] = static history => history.Cluster.Created.Exists(static created => created.Start.Step.Workflow is not null),
        ["lock waited for"] = static history => AnyStep(history, static step => step.Waiting?.Reason == WaitingReasons.Lock),
        ["room waited for"] = static history => AnyStep(history, static step => step.Waiting?.Reason == WaitingReasons.Parallelism),
        ["result by reference"] = static history => AnyStep(history, static step => step.References is not null),
        ["Job refused"] = static history => AnyStep(history, static step => step.Reason == StepReasons.JobRefused),
        ["result lost"] = static history => AnyStep(history, static step => step.Reason == StepReasons.ResultLost),
        ["step skipped"] = static history => AnyStep(history, static step => step.Phase == StepPhases.Skipped),
        ["outputs of the run"] = static history => Any(history, static status => status.Outputs is not null),
    };

    private readonly Dictionary<string, int> _counts = Features.Keys.ToDictionary(static feature => feature, static _ => 0, StringComparer.Ordinal);

    public void Add(History history)
    {
        foreach ((string feature, Func<History, bool> has) in Features)
        {
            // What was seen often enough need not be looked for.
            _counts[feature] += _counts[feature] < Enough && has(history) ? 1 : 0;
        }
    }

    /// <summary>What is in fewer histories than that.</summary>
    public IReadOnlyList<string> Missing(int least) => [.. _counts.Where(count => count.Value < least).Select(static count => string.Create(CultureInfo.InvariantCulture, $"{count.Key}: {count.Value}"))];

    public override string ToString() => string.Join(Environment.NewLine, _counts.Select(static count => string.Create(CultureInfo.InvariantCulture, $"{count.Value,6}{(count.Value == Enough ? "+" : " ")} {count.Key}")));

    private static bool Any(History history, Func<WorkflowStatus, bool> has) => history.Cluster.Written.Exists(write => has(write.To));

    private static bool AnyStep(History history, Func<StepStatus, bool> has) => Any(history, status => RunParts.All(status).Any(has));
}
