using AgentOperator.Agents.Resolving;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Kube.Models.Core;

namespace AgentOperator.Agents.Building;

/// <summary>The ConfigMap that the pods read.</summary>
internal static class AgentConfigMap
{
    /// <summary>The API server takes 1 MiB.</summary>
    public const int MaxBytes = 1000 * 1024;

    public static readonly string Key = Path.GetFileName(RuntimeFiles.Agent);

    public static ConfigMap Build(Agent agent, ResolvedAgent resolved) => new()
    {
        Metadata = AgentNames.MetaOf(agent, AgentNames.ConfigMapOf(agent.Metadata.Name!)),
        Data = new Dictionary<string, string>(StringComparer.Ordinal) { [Key] = resolved.ConfigText },
    };
}
