using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using Microsoft.Extensions.Logging;

namespace AgentOperator.Local.Node;

/// <summary>Writes a pod's status when it has changed; the node is its only writer.</summary>
internal sealed partial class PodReporter(NodeContext node, Pod pod)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly ILogger<PodReporter> _logger = node.LoggerFactory.CreateLogger<PodReporter>();

    /// <summary>What was written last.</summary>
    public PodStatus? Last { get; private set; }

    /// <summary>False when the pod is gone.</summary>
    public async Task<bool> WriteAsync(PodStatus status, CancellationToken cancellation)
    {
        if (StatusPatch.Between(pod.Metadata.Uid!, Last, status, KubeJsonContext.Default.PodStatus) is not { } patch)
        {
            return true;
        }

        while (true)
        {
            try
            {
                await node.Client.Resource<Pod>(pod.Metadata.Namespace).PatchStatusAsync(pod.Metadata.Name!, patch, cancellation);
                Last = status;
                return true;
            }
            catch (KubeApiException error) when (error.IsNotFound || error.IsConflict || error.IsInvalid)
            {
                LogGone(_logger, pod.Key(), error.Message);
                return false;
            }
            catch (Exception error) when (error is KubeApiException or HttpRequestException or TimeoutException)
            {
                LogRetry(_logger, pod.Key(), error.Message);
                await Task.Delay(Retry, node.Time, cancellation);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Pod {Pod} takes no status any more: {Message}")]
    private static partial void LogGone(ILogger logger, ObjectKey pod, string message);

    [LoggerMessage(2, LogLevel.Warning, "Pod {Pod}: status not written, trying again: {Message}")]
    private static partial void LogRetry(ILogger logger, ObjectKey pod, string message);
}
