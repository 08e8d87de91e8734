using System.Text.Json.Serialization;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>google.rpc.ErrorInfo: what programs read of an error (A2A 1.0, 9.5 and 11.6).</summary>
internal sealed record ErrorInfo
{
    [JsonPropertyName("@type")]
    public string Type { get; } = "type.googleapis.com/google.rpc.ErrorInfo";

    public required string Reason { get; init; }

    public string Domain { get; } = "a2a-protocol.org";
}
