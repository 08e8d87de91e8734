using System.Text.Json;
using AgentOperator.Api.PromptTemplates;
using AgentOperator.Kube.Models;

namespace AgentOperator.Tests.PromptTemplates;

/// <summary>PromptTemplates of tests.</summary>
internal static class Prompts
{
    public static PromptTemplate Template(string message, PromptTemplateStatus? status = null) => new()
    {
        Metadata = new ObjectMeta { Name = "reviewer", Namespace = "n", Uid = "0d6f", Generation = 1, ResourceVersion = "1" },
        Spec = Spec($$$"""{"template":{"messages":[{"role":"user","content":{{{JsonSerializer.Serialize(message)}}}}]}}"""),
        Status = status,
    };

    public static PromptTemplateSpec Spec(string json) => JsonSerializer.Deserialize(json, Api.ApiJsonContext.Default.PromptTemplateSpec)!;

    public static PromptContent Content(string json) => Api.Digests.PromptDigest.ContentOf(Spec(json));
}
