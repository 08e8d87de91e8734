using System.Globalization;
using AgentOperator.Controllers.Caching;
using AgentOperator.Kube;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.Dapr.Components;
using AgentOperator.Local.Dapr.Secrets;
using AgentOperator.Local.Node;

namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>daprd as a container: it ends with its pod, and with POST /v1.0/shutdown its container ends.</summary>
internal sealed class SidecarImage(DaprMesh mesh, IResourceSource resources, KubeClient client, ObjectStore<Secret> secrets, ObjectStore<Service> services) : IBuiltInImage
{
    public IContainerProcess Start(BuiltInContainer container) => new BuiltInProcess(container.Log, mesh.Time, (log, terminate, kill) => RunAsync(container, log, terminate, kill));

    private async Task<int> RunAsync(BuiltInContainer container, Action<string> log, CancellationToken terminate, CancellationToken kill)
    {
        Pod pod = container.Pod;
        SidecarOptions options = SidecarArguments.Read(container) with { IsInvocable = () => IsInvocable(pod, SidecarArguments.AppId(container)) };
        ClusterSecrets access = new(client, secrets, pod.Metadata.Namespace!, pod.Spec?.ServiceAccountName is { Length: > 0 } account ? account : "default");
        log(string.Create(CultureInfo.InvariantCulture, $"starting the local cluster's Dapr runtime as of {DaprVersion.Text}; app id: {options.AppId}, app port: {options.AppPort}"));
        try
        {
            await using Sidecar sidecar = await Sidecar.StartAsync(options, mesh, resources, access, log, kill);
            using (terminate.Register(() => _ = sidecar.TerminateAsync()))
            using (kill.Register(() => _ = sidecar.KillAsync()))
            {
                return await sidecar.Exited;
            }
        }
        catch (Exception error) when (error is ComponentInitException or IOException)
        {
            log($"Fatal error from runtime: {error.Message}");
            return 1;
        }
    }

    /// <summary>Dapr's operator makes the Service by which others find an app for Deployments and StatefulSets; for others somebody has to.</summary>
    private bool IsInvocable(Pod pod, string appId) =>
        pod.ControllerOwner()?.Kind is "ReplicaSet" or "StatefulSet" || services.Find(new ObjectKey(pod.Metadata.Namespace, appId + "-dapr")) is not null;
}
