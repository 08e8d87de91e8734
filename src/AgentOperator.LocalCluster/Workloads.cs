using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models.Batch;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.ControlPlane;
using AgentOperator.Local.Images;
using AgentOperator.Local.Kubelet;
using AgentOperator.Local.Node;
using AgentOperator.Local.Parts;
using AgentOperator.Local.Processes;
using AgentOperator.Local.Simulation;
using AgentOperator.Local.State;

namespace AgentOperator.Local;

/// <summary>What runs beside the API server: the stand-ins for kube-controller-manager, scheduler, kubelet and kube-proxy.</summary>
internal sealed class Workloads : IAsyncDisposable
{
    private readonly WorkloadParts _parts;
    private NodeAgent? _agent;
    private KubeletServer? _kubelet;
    private DaprPart? _dapr;

    private Workloads(WorkloadParts parts) => _parts = parts;

    public static async Task<Workloads> StartAsync(
        KubeConnection connection,
        Credentials credentials,
        ClusterFolder folder,
        ImageMapFile images,
        ProcessLauncher launcher,
        LocalClusterOptions options,
        CancellationToken cancellation)
    {
        WorkloadParts parts = new(connection, options);
        Workloads workloads = new(parts);
        try
        {
            await DefaultNamespace.EnsureAsync(parts.Client, cancellation);
            GarbagePart.Add(parts);
            if (options.SimulatedDelay is { } delay)
            {
                parts.Run(new SimulatedNode(parts.Client, parts.Store<Job>(), delay, options.Time, parts.Logger<SimulatedNode>()).RunAsync);
            }
            else
            {
                JobPart.Add(parts);
                DeploymentPart.Add(parts);
                if (options.Dapr)
                {
                    workloads._dapr = await DaprPart.AddAsync(parts, credentials, cancellation);
                }

                workloads._kubelet = new KubeletServer(parts.Store<Pod>(), folder.Pods, credentials, options.Time);
                await workloads._kubelet.StartAsync(cancellation);
                workloads._agent = await NodePart.AddAsync(parts, folder, images, launcher, workloads._kubelet.Port, workloads._dapr?.Images ?? new Dictionary<string, IBuiltInImage>(StringComparer.Ordinal), cancellation);
            }

            await parts.StartAsync(cancellation);
            if (workloads._dapr is { } dapr)
            {
                await dapr.InstallAsync(cancellation);
            }

            return workloads;
        }
        catch
        {
            await workloads.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_agent is not null)
        {
            await _agent.DisposeAsync();
        }

        if (_kubelet is not null)
        {
            await _kubelet.DisposeAsync();
        }

        if (_dapr is not null)
        {
            await _dapr.DisposeAsync();
        }

        await _parts.DisposeAsync();
    }
}
