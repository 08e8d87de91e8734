namespace AgentOperator.Local.Dapr.State;

/// <summary>A value as it is stored.</summary>
/// <param name="Value">JSON text.</param>
/// <param name="Etag">Another one after each write.</param>
/// <param name="Expires">When it is gone; null for never.</param>
internal sealed record StateEntry(ReadOnlyMemory<byte> Value, string Etag, DateTimeOffset? Expires);
