using System.Net;
using AgentOperator.Cli.Connecting;
using AgentOperator.Kube;
using AgentOperator.Kube.Logs;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Cli.Logs;

/// <summary>The log of one pod.</summary>
internal sealed class PodLog(Cluster cluster, LogPrinter printer, LogRequest request, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Rather twice than not at all: the server counts in whole seconds, and by its own clock.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(3);

    /// <summary>Prints what there is; with <paramref name="follow"/> until the container has ended.</summary>
    public async Task PrintAsync(Pod pod, string path, bool follow, CancellationToken cancellation)
    {
        string name = PodName.Of(pod, path);
        string? container = PodName.Container(pod, request.Container);
        LogOptions options = new()
        {
            Container = container,
            Follow = follow,
            Timestamps = request.Timestamps,
            Tail = request.Tail,
            Since = request.Since is { } since ? new Time(time.GetUtcNow() - since) : null,
        };
        while (true)
        {
            DateTimeOffset last = time.GetUtcNow();
            try
            {
                await foreach (string line in cluster.Client.ReadLogAsync(pod.Key(), options, cancellation))
                {
                    printer.Print(name, line);
                    last = time.GetUtcNow();
                }
            }
            catch (KubeApiException error) when (error.IsNotFound)
            {
                return;
            }
            catch (KubeApiException error) when (error.Code == HttpStatusCode.BadRequest)
            {
                printer.Warn(name, error.Message);
                return;
            }
            catch (Exception error) when (follow && error is HttpRequestException or IOException)
            {
                printer.Warn(name, $"the log broke off and goes on; lines may come twice: {error.Message}");
            }

            if (!follow || await HasEndedAsync(pod, container, cancellation))
            {
                return;
            }

            await Task.Delay(Pause, time, cancellation);
            options = options with { Tail = null, Since = new Time(last - Overlap) };
        }
    }

    private async Task<bool> HasEndedAsync(Pod pod, string? container, CancellationToken cancellation) =>
        await cluster.Client.Resource<Pod>(pod.Metadata.Namespace).FindAsync(pod.Metadata.Name!, cancellation) is not { } now
        || now.Metadata.Uid != pod.Metadata.Uid
        || PodName.HasEnded(now, container);
}
