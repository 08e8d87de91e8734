namespace AgentOperator.Channels;

/// <summary>An answer of the channel.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">One sentence, or JSON.</param>
internal sealed record ChannelAnswer(int Status, string Text)
{
    public bool IsJson { get; init; }

    /// <summary>In how many seconds to ask again; null for an answer that stays.</summary>
    public int? RetryAfter { get; init; }

    public static ChannelAnswer Refuse(int status, string text) => new(status, text);
}
