using System.Text.Json;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>JSON-RPC 2.0 response.</summary>
internal sealed record RpcResponse
{
    public string Jsonrpc { get; } = "2.0";

    public JsonElement? Id { get; init; }

    public JsonElement? Result { get; init; }

    public RpcError? Error { get; init; }
}
