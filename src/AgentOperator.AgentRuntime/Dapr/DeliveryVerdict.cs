namespace AgentOperator.AgentRuntime.Dapr;

/// <summary>What an app says of a message.</summary>
internal enum DeliveryVerdict
{
    Success,
    Retry,
    Drop,
}
