using System.Text.Json.Serialization;

namespace AgentOperator.Kube.Models;

/// <summary>metav1.Status: what the API server answers when a request fails.</summary>
public sealed record Status
{
    [JsonPropertyName("status")]
    public string? Result { get; init; }

    public string? Message { get; init; }

    /// <summary>One word for the cause, <c>AlreadyExists</c>, <c>Conflict</c>, <c>Expired</c>.</summary>
    public string? Reason { get; init; }

    public int? Code { get; init; }

    public StatusDetails? Details { get; init; }
}
