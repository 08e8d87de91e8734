using System.Text.Json;
using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>A container that runs to its end. In command, args and env values, <c>{{ params.x }}</c> and <c>{{ steps.a.outputs.b }}</c> stand for values.</summary>
public sealed record ContainerStep
{
    /// <summary>Image reference; no <c>{{ }}</c> here.</summary>
    [Bounds(1, 1024)]
    [CelRule("!self.contains('{{')", "image takes no {{ }}: which code runs must not depend on a value; write the image out")]
    public required string Image { get; init; }

    /// <summary>When the image is pulled. Kubernetes' own rule if absent: always for the tag latest, else if it is not on the node.</summary>
    [OneOf("Always", "IfNotPresent", "Never")]
    public string? ImagePullPolicy { get; init; }

    /// <summary>Takes the place of the image's entry point.</summary>
    [AtomicList]
    [Bounds(0, 100)]
    [ItemBounds(0, 32768)]
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Arguments. Pass values here or in env, never inside a script's text.</summary>
    [AtomicList]
    [Bounds(0, 500)]
    [ItemBounds(0, 32768)]
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Environment variables.</summary>
    [ListMap("name")]
    [Bounds(0, 200)]
    public IReadOnlyList<StepEnvVar>? Env { get; init; }

    /// <summary>ConfigMaps and Secrets whose keys become variables (list of v1 EnvFromSource).</summary>
    [AnyJson]
    [PodPart]
    [AtomicList]
    [Bounds(0, 50)]
    public IReadOnlyList<JsonElement>? EnvFrom { get; init; }

    /// <summary>Directory to start in; the image's own if absent.</summary>
    [Bounds(1, 4096)]
    [CelRule("!self.contains('{{')", "workingDir takes no {{ }}: write the path out")]
    public string? WorkingDir { get; init; }

    /// <summary>Compute resources.</summary>
    public StepResources? Resources { get; init; }

    /// <summary>Volumes of the pod (list of v1 Volume).</summary>
    [AnyJson]
    [PodPart]
    [AtomicList]
    [Bounds(0, 50)]
    public IReadOnlyList<JsonElement>? Volumes { get; init; }

    /// <summary>Where the volumes appear in the container (list of v1 VolumeMount).</summary>
    [AnyJson]
    [PodPart]
    [AtomicList]
    [Bounds(0, 50)]
    public IReadOnlyList<JsonElement>? VolumeMounts { get; init; }

    /// <summary>Security settings of the container (v1 SecurityContext); what is absent is as the restricted Pod Security Standard wants it.</summary>
    [AnyJson]
    [PodPart]
    public JsonElement? SecurityContext { get; init; }

    /// <summary>Security settings of the pod (v1 PodSecurityContext). What is absent is as the restricted Pod Security Standard wants it, with user 65532;
    /// <c>runAsNonRoot: false</c> alone runs as the image's own user.</summary>
    [AnyJson]
    [PodPart]
    public JsonElement? PodSecurityContext { get; init; }

    /// <summary>Secrets with credentials for registries.</summary>
    [AtomicList]
    [Bounds(0, 20)]
    public IReadOnlyList<ImagePullSecret>? ImagePullSecrets { get; init; }

    /// <summary>Account that the pod runs as. Its token is in the pod only when this is set.</summary>
    [Bounds(1, 253)]
    [CelRule("!self.contains('{{')", "serviceAccountName takes no {{ }}: which rights a step has must not depend on a value; write the name out")]
    public string? ServiceAccountName { get; init; }

    /// <summary>Labels that a node must have.</summary>
    [Bounds(0, 50)]
    [ItemBounds(0, 63)]
    [CelRule("self.all(k, !k.contains('{{') && !self[k].contains('{{'))", "nodeSelector takes no {{ }}: where a step runs must not depend on a value; write the labels out")]
    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    /// <summary>Taints that the pod puts up with (list of v1 Toleration).</summary>
    [AnyJson]
    [PodPart]
    [AtomicList]
    [Bounds(0, 50)]
    public IReadOnlyList<JsonElement>? Tolerations { get; init; }
}
