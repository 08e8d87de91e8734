using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>Base of the kinds: writes <c>apiVersion</c> and <c>kind</c> from the type, since the server leaves both out of list items.</summary>
public abstract record KubernetesObject<TSelf> : IKubernetesObject
    where TSelf : KubernetesObject<TSelf>, IKubernetesObject<TSelf>
{
    [JsonPropertyOrder(-3)]
    public string ApiVersion => TSelf.Resource.ApiVersion;

    [JsonPropertyOrder(-2)]
    public string Kind => TSelf.Resource.Kind;

    [JsonPropertyOrder(-1)]
    public virtual ObjectMeta Metadata { get => field ?? new(); init; }
}
