using AgentOperator.Api.Schema;

namespace AgentOperator.Api.Workflows;

/// <summary>A result that is too large for status.</summary>
public sealed record OutputReference
{
    /// <summary>ConfigMap that holds the attempt's results; of a list of items' results the name that theirs begin with, before a hyphen and a number from 0.</summary>
    [Bounds(1, 253)]
    public required string ConfigMap { get; init; }

    /// <summary>Digest of the value as RFC 8785 JSON, 64 hex digits.</summary>
    [Bounds(1, 64)]
    public required string Sha256 { get; init; }

    /// <summary>Bytes of the value as JSON.</summary>
    public required long Bytes { get; init; }

    /// <summary>Set for a list of items' results, which is put together from them.</summary>
    public ItemsReference? Items { get; init; }
}
