using AgentOperator.Api.Workflows;

namespace AgentOperator.Workflows.Memos;

/// <summary>One earlier success.</summary>
internal sealed record Memo
{
    public required string Workflow { get; init; }

    public required long Run { get; init; }

    public required string Step { get; init; }

    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>From when on nobody takes it over any more, whatever his own patience.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>All outputs by name; the small ones too are read from where they are kept.</summary>
    public required IReadOnlyDictionary<string, OutputReference> Outputs { get; init; }

    public bool Holds(DateTimeOffset now, TimeSpan maxAge) => now < ExpiresAt && now - FinishedAt <= maxAge;
}
