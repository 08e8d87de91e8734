namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 ServicePort.</summary>
public sealed record ServicePort
{
    public string? Name { get; init; }

    /// <summary><c>TCP</c> when absent.</summary>
    public string? Protocol { get; init; }

    public string? AppProtocol { get; init; }

    public int Port { get; init; }

    /// <summary>A number, or the name of a container's port; <see cref="Port"/> when absent.</summary>
    public IntOrString? TargetPort { get; init; }

    public int? NodePort { get; init; }
}
