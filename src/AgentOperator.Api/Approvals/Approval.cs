using System.Text.Json.Serialization.Metadata;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.Approvals;

/// <summary>One person's decision on one gate. It cannot be changed, and the API server vouches for who made it.</summary>
[ResourceNames("apr")]
[PrinterColumn("Gate", "string", ".spec.for.gate")]
[PrinterColumn("Decision", "string", ".spec.decision")]
[PrinterColumn("By", "string", ".spec.user")]
[PrinterColumn("Age", "date", ".metadata.creationTimestamp")]
[PrinterColumn("For", "string", ".spec.for.name", Wide = true, Description = "Object that the gate belongs to")]
[PrinterColumn("Comment", "string", ".spec.comment", Wide = true)]
[PrinterColumn("Digest", "string", ".spec.for.digest", Wide = true)]
public sealed record Approval : KubernetesObject<Approval>, IKubernetesObject<Approval>
{
    public static ResourceDefinition Resource { get; } = new(ApiGroup.Name, ApiGroup.Version, "approvals", "Approval");

    public static JsonTypeInfo<Approval> JsonTypeInfo => ApiJsonContext.Default.Approval;

    /// <summary>The decision. It stays as it was made.</summary>
    [CelRule("self == oldSelf", "a decision stays as it was made: to decide otherwise, create another Approval")]
    public required ApprovalSpec Spec { get; init; }
}
