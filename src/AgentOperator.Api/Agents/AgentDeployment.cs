using System.Text.Json;
using AgentOperator.Api.Schema;
using AgentOperator.Api.Workflows;

namespace AgentOperator.Api.Agents;

/// <summary>The agent's pods.</summary>
public sealed record AgentDeployment
{
    /// <summary>Image of a server of your own, which serves A2A or MCP on port 8080; our runtime if absent.</summary>
    [Bounds(1, 1024)]
    public string? Image { get; init; }

    /// <summary>When the image is pulled. Kubernetes' own rule if absent.</summary>
    [OneOf("Always", "IfNotPresent", "Never")]
    public string? ImagePullPolicy { get; init; }

    /// <summary>Takes the place of the image's entry point; only with an image of your own.</summary>
    [AtomicList]
    [Bounds(0, 100)]
    [ItemBounds(0, 4096)]
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Arguments; only with an image of your own.</summary>
    [AtomicList]
    [Bounds(0, 100)]
    [ItemBounds(0, 4096)]
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Environment variables; without {{ }}.</summary>
    [ListMap("name")]
    [Bounds(0, 200)]
    public IReadOnlyList<StepEnvVar>? Env { get; init; }

    /// <summary>Compute resources of the agent's container.</summary>
    public StepResources? Resources { get; init; }

    /// <summary>Secrets with credentials for registries.</summary>
    [AtomicList]
    [Bounds(0, 20)]
    public IReadOnlyList<ObjectName>? ImagePullSecrets { get; init; }

    /// <summary>Account that the pods run as; one of the agent's own, without any right, if absent. Its token is in the pod only when this is set.</summary>
    [Bounds(1, 253)]
    public string? ServiceAccountName { get; init; }

    /// <summary>Labels and annotations of the pods; keys of agentoperator.dev, app.kubernetes.io, kubernetes.io and dapr.io belong to the operator and are refused.</summary>
    public PodLabels? PodTemplate { get; init; }

    /// <summary>Volumes of the pods (list of v1 Volume).</summary>
    [AnyJson]
    [PodPart]
    [AtomicList]
    [Bounds(0, 50)]
    public IReadOnlyList<JsonElement>? Volumes { get; init; }

    /// <summary>Where the volumes appear in the agent's container (list of v1 VolumeMount).</summary>
    [AnyJson]
    [PodPart]
    [AtomicList]
    [Bounds(0, 50)]
    public IReadOnlyList<JsonElement>? VolumeMounts { get; init; }

    /// <summary>Labels that a node must have.</summary>
    [Bounds(0, 50)]
    [ItemBounds(0, 63)]
    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    /// <summary>Taints that the pods put up with (list of v1 Toleration).</summary>
    [AnyJson]
    [PodPart]
    [AtomicList]
    [Bounds(0, 50)]
    public IReadOnlyList<JsonElement>? Tolerations { get; init; }

    /// <summary>Where pods are to run relative to nodes and other pods (v1 Affinity).</summary>
    [AnyJson]
    [PodPart]
    public JsonElement? Affinity { get; init; }
}
