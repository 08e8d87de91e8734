using System.Text.Json.Serialization.Metadata;
using AgentOperator.Api.Schema;
using AgentOperator.Kube.Models;

namespace AgentOperator.Api.PromptTemplates;

/// <summary>A versioned prompt with typed inputs: each change of what a model would see is an immutable revision.</summary>
[ResourceNames("prompt")]
[PrinterColumn("Stable", "string", ".status.stable", Description = "Revision that stable names")]
[PrinterColumn("Revision", "integer", ".status.revision", Description = "Newest revision")]
[PrinterColumn("Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status")]
[PrinterColumn("Age", "date", ".metadata.creationTimestamp")]
[PrinterColumn("Digest", "string", ".status.digest", Wide = true)]
[PrinterColumn("Reason", "string", ".status.conditions[?(@.type==\"Ready\")].reason", Wide = true)]
public sealed record PromptTemplate : KubernetesObject<PromptTemplate>, IKubernetesObject<PromptTemplate>
{
    public static ResourceDefinition Resource { get; } = new(ApiGroup.Name, ApiGroup.Version, "prompttemplates", "PromptTemplate");

    public static JsonTypeInfo<PromptTemplate> JsonTypeInfo => ApiJsonContext.Default.PromptTemplate;

    /// <summary>The prompt.</summary>
    public required PromptTemplateSpec Spec { get; init; }

    /// <summary>Its revisions: written by the operator only.</summary>
    public PromptTemplateStatus? Status { get; init; }
}
