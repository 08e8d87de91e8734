namespace AgentOperator.Api.Prices;

/// <summary>What a model costs, in millionths of the catalogue's currency per million tokens: 3 USD per million tokens is 3000000.</summary>
public sealed record ModelPrice
{
    /// <summary>Prompt tokens that no cache was involved in.</summary>
    public long InputMicrosPerMillion { get; init; }

    /// <summary>Tokens that the model wrote, reasoning included.</summary>
    public long OutputMicrosPerMillion { get; init; }

    /// <summary>Prompt tokens read from the cache; without it they cost as much as input.</summary>
    public long? CachedInputMicrosPerMillion { get; init; }

    /// <summary>Prompt tokens written to the cache; without it they cost as much as input.</summary>
    public long? CacheWriteMicrosPerMillion { get; init; }
}
