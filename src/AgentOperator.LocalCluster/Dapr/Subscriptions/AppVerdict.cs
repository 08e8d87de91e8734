using System.Text.Json;

namespace AgentOperator.Local.Dapr.Subscriptions;

/// <summary>What an app says of a message.</summary>
internal sealed record AppVerdict
{
    /// <summary>Of any shape: what is not text counts as no answer.</summary>
    public JsonElement? Status { get; init; }
}
