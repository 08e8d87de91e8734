namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>What becomes of a message.</summary>
internal enum DeliveryResult
{
    Success,
    Retry,
    Drop,
}
