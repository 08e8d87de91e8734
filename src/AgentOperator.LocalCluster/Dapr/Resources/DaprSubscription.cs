using System.Text.Json.Serialization.Metadata;
using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Dapr.Resources;

/// <summary>dapr.io/v2alpha1 Subscription.</summary>
internal sealed record DaprSubscription : KubernetesObject<DaprSubscription>, IKubernetesObject<DaprSubscription>
{
    public static ResourceDefinition Resource { get; } = new("dapr.io", "v2alpha1", "subscriptions", "Subscription");

    public static JsonTypeInfo<DaprSubscription> JsonTypeInfo => DaprJsonContext.Default.DaprSubscription;

    public Subscriptions.SubscribeEntry Spec { get => field ?? new(); init; }

    /// <summary>App ids that it is for; none for all of the namespace.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}
