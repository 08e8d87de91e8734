using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Models.Discovery;

namespace AgentOperator.Local.Network;

/// <summary>The EndpointSlice of a Service.</summary>
internal static class EndpointSlices
{
    public static EndpointSlice Of(ServiceView view)
    {
        ObjectMeta service = view.Service.Metadata;
        return new EndpointSlice
        {
            Metadata = new ObjectMeta
            {
                Name = $"{service.Name}-local",
                Namespace = service.Namespace,
                Labels = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["kubernetes.io/service-name"] = service.Name!,
                    ["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io",
                },
                OwnerReferences = [new OwnerReference { ApiVersion = "v1", Kind = "Service", Name = service.Name!, Uid = service.Uid!, Controller = true, BlockOwnerDeletion = true }],
            },
            AddressType = "IPv4",
            Ports = [.. view.Ports.Select(port => new EndpointPort { Name = port.Name ?? "", Protocol = port.Protocol ?? "TCP", Port = view.Endpoints.Select(endpoint => endpoint.PortOf(port)).FirstOrDefault(static number => number is not null) })],
            Endpoints = [.. view.Endpoints.Select(static endpoint => Endpoint(endpoint))],
        };
    }

    private static Endpoint Endpoint(ServiceEndpoint endpoint) => new()
    {
        Addresses = [endpoint.Address],
        Conditions = new EndpointConditions { Ready = endpoint.IsReady && !endpoint.IsTerminating, Serving = endpoint.IsReady, Terminating = endpoint.IsTerminating },
        Hostname = endpoint.Pod.Spec?.Hostname,
        NodeName = endpoint.Pod.Spec?.NodeName,
        TargetRef = new ObjectReference { Kind = "Pod", Namespace = endpoint.Pod.Metadata.Namespace, Name = endpoint.Pod.Metadata.Name, Uid = endpoint.Pod.Metadata.Uid },
    };
}
