namespace AgentOperator.Local.Dapr.Secrets;

/// <summary>A secret cannot be read; the message holds no value.</summary>
internal sealed class SecretStoreException(string message) : Exception(message);
