namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>Who has asked for a subscription, in the words of <c>/v1.0/metadata</c>.</summary>
internal static class SubscriptionOrigin
{
    public const string Declarative = "DECLARATIVE";
    public const string Programmatic = "PROGRAMMATIC";
}
