namespace AgentOperator.Local.Dapr.Resources;

/// <summary>How often and when to try again.</summary>
internal sealed record RetrySpec
{
    /// <summary><c>constant</c> or <c>exponential</c>.</summary>
    public string? Policy { get; init; }

    /// <summary>Go duration between attempts of a constant policy; 5 s when absent.</summary>
    public string? Duration { get; init; }

    /// <summary>Go duration, the longest wait of an exponential policy; 60 s when absent.</summary>
    public string? MaxInterval { get; init; }

    /// <summary>-1 and absent: forever.</summary>
    public int? MaxRetries { get; init; }
}
