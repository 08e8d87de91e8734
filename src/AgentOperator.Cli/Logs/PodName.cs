using AgentOperator.Api;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Cli.Logs;

/// <summary>A pod as people know it: its step, with the item and the attempt where there are several.</summary>
internal static class PodName
{
    private const string Main = "main";

    public static string Of(Pod pod, string path)
    {
        string item = pod.Label(JobLabels.CompletionIndex) is { } index ? $"[{index}]" : "";
        string attempt = pod.Label(Labels.Attempt) is { } number and not "1" ? $"#{number}" : "";
        return $"{path}{pod.Label(Labels.Step) ?? pod.Metadata.Name}{item}{attempt}";
    }

    /// <summary>The container that was asked for; else the one that does the step's work.</summary>
    public static string? Container(Pod pod, string? asked) =>
        asked ?? pod.Spec?.Containers?.FirstOrDefault(static container => container.Name == Main)?.Name ?? (pod.Spec?.Containers is [var first, ..] ? first.Name : null);

    /// <summary>True once a container has begun, so that it has a log.</summary>
    public static bool HasStarted(Pod pod, string? container) => StateOf(pod, container) is { Running: not null } or { Terminated: not null };

    public static bool HasEnded(Pod pod, string? container) => StateOf(pod, container)?.Terminated is not null || pod.Status?.Phase is PodPhase.Succeeded or PodPhase.Failed;

    /// <summary>Why it has not begun.</summary>
    public static string Waiting(Pod pod, string? container) => StateOf(pod, container)?.Waiting is { } waiting
        ? $"has not started: {waiting.Reason}{(waiting.Message is { Length: > 0 } message ? $": {message}" : "")}"
        : "has not started";

    private static ContainerState? StateOf(Pod pod, string? container) =>
        (pod.Status?.ContainerStatuses ?? []).Concat(pod.Status?.InitContainerStatuses ?? []).FirstOrDefault(status => status.Name == container)?.State;
}
