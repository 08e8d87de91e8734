using System.Text.Json;

namespace AgentOperator.AgentRuntime.Loop;

/// <summary>A tool call that waits for the caller's yes.</summary>
internal sealed record PendingApproval
{
    public required string Tool { get; init; }

    public required string Server { get; init; }

    public required JsonElement Arguments { get; init; }
}
