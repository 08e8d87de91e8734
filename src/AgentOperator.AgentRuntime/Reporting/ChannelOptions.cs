namespace AgentOperator.AgentRuntime.Reporting;

/// <summary>How the operator is reached.</summary>
internal sealed record ChannelOptions
{
    public required Uri Url { get; init; }

    /// <summary>File of the token: read anew at each request, the kubelet renews it.</summary>
    public required string TokenFile { get; init; }

    /// <summary>Certificate of the operator's authority, PEM; the system's own authorities if absent.</summary>
    public string? Authority { get; init; }
}
