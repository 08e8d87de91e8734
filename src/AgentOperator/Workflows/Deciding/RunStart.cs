using System.Security.Cryptography;
using System.Text;
using AgentOperator.Api.Workflows;
using AgentOperator.Kube.Models;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Begins a run: number, frozen spec, trace, empty steps, the run before it into history.</summary>
internal static class RunStart
{
    /// <summary>Ended runs kept in history.</summary>
    public const int HistoryLimit = 10;

    public static RunSpec SpecOf(WorkflowSpec spec) => new() { RunToken = spec.RunToken, Params = spec.Params, Defaults = spec.Defaults, Steps = spec.Steps };

    public static WorkflowStatus Begin(Workflow workflow, WorkflowStatus before, RunSpec spec, string digest, DateTimeOffset now)
    {
        long number = (before.Run ?? 0) + 1;
        return new WorkflowStatus
        {
            ObservedGeneration = workflow.Metadata.Generation,
            Phase = WorkflowPhases.Running,
            Run = number,
            SpecDigest = digest,
            RunSpec = spec,
            StartedAt = new MicroTime(now),
            Trace = new TraceStatus { Id = TraceId(workflow.Metadata.Uid!, number) },
            Steps = [.. spec.Steps.Select(static step => new StepStatus { Name = step.Name, Phase = StepPhases.Pending })],
            History = before.Run is null ? before.History : [Record(before), .. (before.History ?? []).Take(HistoryLimit - 1)],
            Conditions = before.Conditions,
        };
    }

    private static RunRecord Record(WorkflowStatus run) => new()
    {
        Run = run.Run!.Value,
        Phase = run.Phase ?? WorkflowPhases.Pending,
        SpecDigest = run.SpecDigest,
        StartedAt = run.StartedAt,
        FinishedAt = run.FinishedAt,
        Attempts = run.Attempts,
        Message = run.Message,
    };

    private static string TraceId(string uid, long run) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{uid}/{run}")).AsSpan(0, 16));
}
