using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentOperator.Api;
using AgentOperator.Api.Agents;
using AgentOperator.Api.Runtime;
using AgentOperator.Controllers.Owning;
using AgentOperator.Kube.Models;

namespace AgentOperator.Agents.Building;

/// <summary>Names and labels of what belongs to an Agent.</summary>
internal static class AgentNames
{
    public const string Container = "agent";

    private const string AppName = "agent";

    public static string ConfigMapOf(string agent) => agent + "-config";

    /// <summary>The ConfigMap in which the operator keeps the reports of its pods.</summary>
    public static string ReportsOf(string agent) => agent + "-reports";

    public static string UrlOf(string agent, string ns) => string.Create(CultureInfo.InvariantCulture, $"http://{agent}.{ns}.svc:{RuntimeFiles.Port}");

    /// <summary>Variable of one key of a Secret. Named by what it holds: a pod of an older spec that reads a newer configuration must not send a key to another provider.</summary>
    public static string SecretVariable(ObjectKeySelector key) => $"AGENTOPERATOR_SECRET_{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Name}/{key.Key}")).AsSpan(0, 8))}";

    /// <summary>What never changes of the pods' labels.</summary>
    public static IReadOnlyDictionary<string, string> SelectorOf(Agent agent) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Labels.AppName] = AppName,
        [Labels.Instance] = agent.Metadata.Name!,
    };

    /// <summary>The same as one text, for the scale subresource.</summary>
    public static string SelectorText(Agent agent) => string.Join(',', SelectorOf(agent).Select(static label => $"{label.Key}={label.Value}"));

    public static IReadOnlyDictionary<string, string> LabelsOf(Agent agent) => new Dictionary<string, string>(SelectorOf(agent), StringComparer.Ordinal)
    {
        [Labels.Component] = "agent",
        [Labels.PartOf] = Labels.ManagedByValue,
        [Labels.ManagedBy] = Labels.ManagedByValue,
        [Labels.Agent] = agent.Metadata.Name!,
    };

    /// <summary>Metadata of a child.</summary>
    public static ObjectMeta MetaOf(Agent agent, string? name = null) => new()
    {
        Name = name ?? agent.Metadata.Name,
        Namespace = agent.Metadata.Namespace,
        Labels = LabelsOf(agent),

        // Without blockOwnerDeletion: where OwnerReferencesPermissionEnforcement is on, it would need a right on the Agent's finalizers.
        OwnerReferences = [Owners.Controlling(agent, agent.Metadata.Namespace) with { BlockOwnerDeletion = null }],
    };
}
