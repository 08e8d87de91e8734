using System.Text.Json.Serialization.Metadata;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Kube.Models;

namespace AgentOperator.PromptTemplates;

/// <summary>What a status apply sends: the status alone, with the resource version that it was decided from.</summary>
internal sealed record PromptTemplateStatusWrite : KubernetesObject<PromptTemplateStatusWrite>, IKubernetesObject<PromptTemplateStatusWrite>
{
    public static ResourceDefinition Resource => PromptTemplate.Resource;

    public static JsonTypeInfo<PromptTemplateStatusWrite> JsonTypeInfo => OperatorJsonContext.Default.PromptTemplateStatusWrite;

    public PromptTemplateStatus? Status { get; init; }
}
