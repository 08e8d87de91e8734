using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Api;
using AgentOperator.Api.Workflows;
using AgentOperator.Approvals.Deciding;
using AgentOperator.Kube.Models;
using AgentOperator.Tracing;

namespace AgentOperator.Workflows.Deciding;

/// <summary>Begins a run: number, frozen spec, trace, empty steps, the run before it into history.</summary>
internal static class RunStart
{
    /// <summary>Bytes of a spec that status holds; a larger one would crowd out the results.</summary>
    public const int MaxInlineBytes = 32 * 1024;

    public static WorkflowStatus Begin(Workflow workflow, WorkflowStatus before, SpecChange change, RerunRequest? rerun, DateTimeOffset now)
    {
        long number = (before.Run ?? 0) + 1;
        int bytes = JsonSerializer.SerializeToUtf8Bytes(change.Spec, ApiJsonContext.Default.RunSpec).Length;
        return new WorkflowStatus
        {
            ObservedGeneration = workflow.Metadata.Generation,
            Phase = WorkflowPhases.Running,
            Run = number,
            SpecDigest = change.Digest,
            RunGeneration = change.Generation,
            Authors = AuthorStamp.Read(workflow),
            Approvals = before.Approvals,
            RunToken = change.Spec.RunToken,
            RunSpec = change.Spec,
            RunSpecRevision = bytes > MaxInlineBytes ? RevisionName(workflow, change.Digest) : null,
            RerunOf = rerun?.Run,
            StartedAt = new MicroTime(now),
            LastHandledRequest = before.LastHandledRequest,
            Trace = new TraceStatus { Id = SpanIds.Trace(workflow.Metadata.Uid!, number) },
            Steps = rerun is null ? [.. change.Spec.Steps.Select(Pending)] : Reuse.Steps(change.Spec, before, rerun),
            Finally = change.Spec.Finally is { Count: > 0 } last ? [.. last.Select(Pending)] : null,
            History = RunHistory.With(before, workflow.Spec.HistoryLimit),
            Conditions = before.Conditions is { } conditions ? [.. conditions.Where(static condition => condition.Type != StatusSize.Truncated)] : null,
        };
    }

    public static StepStatus Pending(WorkflowStep step) => new() { Name = step.Name, Phase = StepPhases.Pending };

    /// <summary>Named by what it holds: a second write of the same spec finds the first.</summary>
    private static string RevisionName(Workflow workflow, string digest)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{workflow.Metadata.Uid}/{digest}")).AsSpan(0, 5));
        return $"{workflow.Metadata.Name}-spec-{hash}";
    }
}
