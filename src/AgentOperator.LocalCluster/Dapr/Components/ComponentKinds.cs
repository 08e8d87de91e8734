namespace AgentOperator.Local.Dapr.Components;

/// <summary>The first part of a Component's type.</summary>
internal static class ComponentKinds
{
    public const string State = "state";
    public const string PubSub = "pubsub";
    public const string SecretStores = "secretstores";

    /// <summary>What there is.</summary>
    public static IReadOnlyList<string> Types { get; } = ["state.in-memory", "pubsub.in-memory", "secretstores.local.file", "secretstores.local.env", "secretstores.kubernetes"];

    /// <summary>What <c>/v1.0/metadata</c> says of a type.</summary>
    public static IReadOnlyList<string> Capabilities(string type) => type switch
    {
        "state.in-memory" => ["ETAG", "TRANSACTIONAL", "TTL", "ACTOR"],
        "secretstores.local.file" => ["MULTIPLE_KEY_VALUES_PER_SECRET"],
        _ => [],
    };
}
