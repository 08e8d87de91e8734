namespace AgentOperator.Workflows.Triggers.Webhooks;

/// <summary>What both sides of a webhook know, or why it cannot be had.</summary>
internal sealed record WebhookSecret(ReadOnlyMemory<byte> Value, string? Problem);
