using System.Text.Json;

namespace AgentOperator.AgentRuntime.Serving.A2A;

/// <summary>JSON-RPC 2.0 request.</summary>
internal sealed record RpcRequest
{
    public string? Jsonrpc { get; init; }

    public JsonElement? Id { get; init; }

    public string? Method { get; init; }

    public JsonElement? Params { get; init; }
}
