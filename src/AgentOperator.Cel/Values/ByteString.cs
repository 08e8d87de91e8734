namespace AgentOperator.Cel.Values;

/// <summary>Bytes by reference.</summary>
internal sealed record ByteString(ReadOnlyMemory<byte> Memory);
