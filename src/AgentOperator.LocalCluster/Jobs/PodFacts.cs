using System.Globalization;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Jobs;

/// <summary>Questions that the Job controller asks of a pod.</summary>
internal static class PodFacts
{
    public static bool IsTerminal(this Pod pod) => pod.Status?.Phase is PodPhase.Succeeded or PodPhase.Failed;

    public static bool IsActive(this Pod pod) => !pod.IsTerminal() && !pod.IsTerminating();

    public static bool IsReady(this Pod pod) =>
        pod.Status?.Conditions?.Any(static condition => condition is { Type: "Ready", Status: ConditionStatus.True }) == true;

    /// <summary>The index of an Indexed Job's pod.</summary>
    public static int? Index(this Pod pod) =>
        int.TryParse(pod.Annotation(JobLabels.CompletionIndex), NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;

    public static string Uid(this Pod pod) => pod.Metadata.Uid ?? "";

    public static int Restarts(this Pod pod) => pod.Status?.ContainerStatuses?.Sum(static status => status.RestartCount) ?? 0;

    /// <summary>When the last container ended; null when it is not known.</summary>
    public static DateTimeOffset? FinishedAt(this Pod pod)
    {
        DateTimeOffset? last = null;
        foreach (ContainerStatus status in pod.Status?.ContainerStatuses ?? [])
        {
            if (status.State?.Terminated?.FinishedAt is { } finished && (last is null || finished.Value > last))
            {
                last = finished.Value;
            }
        }

        return last;
    }
}
