namespace AgentOperator.Cel;

/// <summary>What an evaluation may use.</summary>
public sealed record CelLimits
{
    /// <summary>What holds when nothing else is said.</summary>
    public static CelLimits Default { get; } = new();

    /// <summary>Units of work: about one for a step of a macro, a call, a made element, and sixteen characters read or written.</summary>
    public long Cost { get; init; } = 1_000_000;

    /// <summary>The characters, bytes or elements of a value that is made on the way, and of the result as a whole.</summary>
    public long Size { get; init; } = 1_048_576;
}
