using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models.Core;

/// <summary>v1 PodSpec. Fields whose inside nobody here looks at are kept as they are written.</summary>
public sealed record PodSpec
{
    public IReadOnlyList<Container>? InitContainers { get; init; }

    public IReadOnlyList<Container> Containers { get => field ?? []; init; }

    public IReadOnlyList<Volume>? Volumes { get; init; }

    /// <summary><c>Always</c>, <c>OnFailure</c> or <c>Never</c>.</summary>
    public string? RestartPolicy { get; init; }

    public long? TerminationGracePeriodSeconds { get; init; }

    public long? ActiveDeadlineSeconds { get; init; }

    public string? DnsPolicy { get; init; }

    public PodDnsConfig? DnsConfig { get; init; }

    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    public string? ServiceAccountName { get; init; }

    public bool? AutomountServiceAccountToken { get; init; }

    public string? NodeName { get; init; }

    public bool? HostNetwork { get; init; }

    [JsonPropertyName("hostPID")]
    public bool? HostPID { get; init; }

    [JsonPropertyName("hostIPC")]
    public bool? HostIPC { get; init; }

    public bool? HostUsers { get; init; }

    public bool? ShareProcessNamespace { get; init; }

    public PodSecurityContext? SecurityContext { get; init; }

    public IReadOnlyList<LocalObjectReference>? ImagePullSecrets { get; init; }

    public string? Hostname { get; init; }

    public string? Subdomain { get; init; }

    [JsonPropertyName("setHostnameAsFQDN")]
    public bool? SetHostnameAsFQDN { get; init; }

    public IReadOnlyList<HostAlias>? HostAliases { get; init; }

    public JsonElement? Affinity { get; init; }

    public string? SchedulerName { get; init; }

    public IReadOnlyList<Toleration>? Tolerations { get; init; }

    public IReadOnlyList<JsonElement>? TopologySpreadConstraints { get; init; }

    public string? PriorityClassName { get; init; }

    public int? Priority { get; init; }

    public string? PreemptionPolicy { get; init; }

    public string? RuntimeClassName { get; init; }

    public bool? EnableServiceLinks { get; init; }

    public IReadOnlyList<JsonElement>? ReadinessGates { get; init; }

    public IReadOnlyList<JsonElement>? SchedulingGates { get; init; }

    public IReadOnlyList<JsonElement>? ResourceClaims { get; init; }

    public JsonElement? Os { get; init; }

    public IReadOnlyDictionary<string, Quantity>? Overhead { get; init; }

    public ResourceRequirements? Resources { get; init; }
}
