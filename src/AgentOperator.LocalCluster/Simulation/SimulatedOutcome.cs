using System.Text;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Patching;
using AgentOperator.Local.Jobs;

namespace AgentOperator.Local.Simulation;

/// <summary>The one status write of a simulated Job.</summary>
internal static class SimulatedOutcome
{
    /// <summary>Annotation: <c>fail</c> makes the Job fail.</summary>
    public const string Annotation = "agentoperator.dev/simulate";

    public static Patch Patch(Job job, DateTimeOffset started, DateTimeOffset now) =>
        Kube.Patching.Patch.Merge(Encoding.UTF8.GetBytes(job.Annotation(Annotation) == "fail" ? Failed(job, started, now) : Complete(job, started, now)));

    private static string Complete(Job job, DateTimeOffset started, DateTimeOffset now)
    {
        Time at = new(now);
        string indexes = job.Spec!.CompletionMode == "Indexed" ? $",\"completedIndexes\":\"{IndexRanges.Text(Enumerable.Range(0, job.Spec.Completions ?? 1))}\"" : "";
        string rest = $$$""","status":"True","reason":"{{{JobReasons.CompletionsReached}}}","message":"Reached expected number of succeeded pods","lastProbeTime":"{{{at}}}","lastTransitionTime":"{{{at}}}"}""";
        return $$$"""{"metadata":{"uid":"{{{job.Metadata.Uid}}}"},"status":{"startTime":"{{{new Time(started)}}}","completionTime":"{{{at}}}","succeeded":{{{job.Spec.Completions ?? 1}}}{{{indexes}}},"conditions":[{"type":"SuccessCriteriaMet"{{{rest}}},{"type":"Complete"{{{rest}}}]}}""";
    }

    private static string Failed(Job job, DateTimeOffset started, DateTimeOffset now)
    {
        Time at = new(now);
        string failed = job.Spec!.CompletionMode == "Indexed" ? $",\"failedIndexes\":\"{IndexRanges.Text(Enumerable.Range(0, job.Spec.Completions ?? 1))}\"" : "";
        string rest = $$$""","status":"True","reason":"{{{JobReasons.BackoffLimitExceeded}}}","message":"Job has reached the specified backoff limit","lastProbeTime":"{{{at}}}","lastTransitionTime":"{{{at}}}"}""";
        return $$$"""{"metadata":{"uid":"{{{job.Metadata.Uid}}}"},"status":{"startTime":"{{{new Time(started)}}}","failed":1{{{failed}}},"conditions":[{"type":"FailureTarget"{{{rest}}},{"type":"Failed"{{{rest}}}]}}""";
    }
}
