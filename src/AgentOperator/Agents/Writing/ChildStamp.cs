using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Api.Digests;
using AgentOperator.Kube.Models;

namespace AgentOperator.Agents.Writing;

/// <summary>What of an object a person or another controller may have edited: not its status, and not what each write moves.</summary>
internal static class ChildStamp
{
    private static readonly string[] Moving = ["resourceVersion", "generation", "managedFields"];

    public static string Of<T>(T child)
        where T : class, IKubernetesObject<T>
    {
        JsonObject json = JsonSerializer.SerializeToNode(child, T.JsonTypeInfo)!.AsObject();
        json.Remove("status");
        JsonObject metadata = json["metadata"]!.AsObject();
        foreach (string name in Moving)
        {
            metadata.Remove(name);
        }

        using JsonDocument document = JsonDocument.Parse(json.ToJsonString());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Format(document.RootElement))));
    }
}
