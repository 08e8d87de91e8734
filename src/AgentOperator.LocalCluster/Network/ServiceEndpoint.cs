using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Local.Network;

/// <summary>A pod behind a Service.</summary>
internal sealed record ServiceEndpoint(Pod Pod, string Address, bool IsReady, bool IsTerminating)
{
    /// <summary>Where a port of the Service leads in this pod; null when the pod has no such port.</summary>
    public int? PortOf(ServicePort port)
    {
        if (port.TargetPort is not { } target)
        {
            return port.Port;
        }

        return target.Number ?? Pod.Spec!.Containers.SelectMany(static container => container.Ports ?? []).FirstOrDefault(candidate => candidate.Name == target.Text)?.ContainerPortNumber;
    }
}
