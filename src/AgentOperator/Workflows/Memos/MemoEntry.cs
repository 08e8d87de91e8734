using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentOperator.Api;
using AgentOperator.Kube.Models;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Workflows.Memos;

/// <summary>A kept success without its outputs: all that the cache holds of its ConfigMap.</summary>
internal sealed record MemoEntry : KubernetesObject<MemoEntry>, IKubernetesObject<MemoEntry>
{
    public static ResourceDefinition Resource => ConfigMap.Resource;

    public static JsonTypeInfo<MemoEntry> JsonTypeInfo => OperatorJsonContext.Default.MemoEntry;

    /// <summary>What it says of itself; null when somebody has spoilt it.</summary>
    public Memo? Read()
    {
        try
        {
            return this.Annotation(Labels.MemoOf) is { } text ? JsonSerializer.Deserialize(text, OperatorJsonContext.Default.Memo) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
