namespace AgentOperator.Api.Runtime;

/// <summary>A model as the runtime gets it.</summary>
public sealed record RuntimeModel
{
    /// <summary>One of <see cref="Agents.ModelProviders"/>.</summary>
    public required string Provider { get; init; }

    public required string Name { get; init; }

    public string? BaseUrl { get; init; }

    /// <summary>Environment variable that holds the key.</summary>
    public string? ApiKeyVariable { get; init; }

    /// <summary>Rules of a scripted model: the text itself.</summary>
    public string? Script { get; init; }

    public int? MaxTokens { get; init; }

    public int? ContextWindow { get; init; }

    /// <summary>Temperature times 1000.</summary>
    public int? TemperatureMilli { get; init; }

    /// <summary>Longest time of one request in milliseconds.</summary>
    public long? TimeoutMilliseconds { get; init; }
}
