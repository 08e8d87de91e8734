using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Network;

/// <summary>A Service and the pods behind it.</summary>
internal sealed record ServiceView(Service Service, string? Address, IReadOnlyList<ServiceEndpoint> Endpoints)
{
    /// <summary>False for the Service of the API server, which listens itself.</summary>
    public bool IsProxied { get; init; } = true;

    public IReadOnlyList<ServicePort> Ports => Service.Spec?.Ports ?? [];

    /// <summary>The pods that take connections.</summary>
    public IEnumerable<ServiceEndpoint> Ready =>
        Endpoints.Where(endpoint => (endpoint.IsReady && !endpoint.IsTerminating) || Service.Spec?.PublishNotReadyAddresses == true);

    /// <summary>Equal for views of which nobody needs to hear.</summary>
    public string Fingerprint =>
        $"{Service.Metadata.Uid}/{Service.Metadata.Generation}/{Service.Metadata.ResourceVersion}/{string.Join(',', Endpoints.Select(static endpoint => $"{endpoint.Pod.Metadata.Uid}{endpoint.IsReady}{endpoint.IsTerminating}"))}";

    /// <summary>The Service by which programs know the API server: its name leads to where that listens, on a port of its own choice.</summary>
    public static ServiceView? OfApiServer(Service service, Uri apiServer) =>
        service.Metadata is { Namespace: "default", Name: "kubernetes" } ? new ServiceView(service, apiServer.Host, []) { IsProxied = false } : null;

    public static ServiceView Of(Service service, string address, IEnumerable<Pod> pods)
    {
        if (service.Spec is not { Selector: { Count: > 0 } selector } spec)
        {
            return new ServiceView(service, service.Spec?.ClusterIP == "None" ? null : address, []);
        }

        LabelSelector labels = new() { MatchLabels = selector };
        ServiceEndpoint[] endpoints =
        [
            .. pods.Where(pod => pod.Metadata.Namespace == service.Metadata.Namespace && labels.Matches(pod.Metadata.Labels)
                    && pod.Status is { PodIP: not null, Phase: not (PodPhase.Succeeded or PodPhase.Failed) })
                .OrderBy(static pod => pod.Metadata.Name, StringComparer.Ordinal)
                .Select(static pod => new ServiceEndpoint(pod, pod.Status!.PodIP!, IsReady(pod), pod.IsTerminating())),
        ];
        return new ServiceView(service, spec.ClusterIP == "None" ? null : address, endpoints);
    }

    private static bool IsReady(Pod pod) => pod.Status!.Conditions?.Any(static condition => condition is { Type: "Ready", Status: ConditionStatus.True }) == true;
}
