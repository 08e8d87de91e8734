namespace AgentOperator.Cli.Logs;

/// <summary>Which logs, and how.</summary>
internal sealed record LogRequest
{
    public required string Workflow { get; init; }

    /// <summary>Null for all steps.</summary>
    public string? Step { get; init; }

    /// <summary>Null for the current one.</summary>
    public long? Run { get; init; }

    /// <summary>Null for the one that does the step's work.</summary>
    public string? Container { get; init; }

    public int? Tail { get; init; }

    public TimeSpan? Since { get; init; }

    public bool Timestamps { get; init; }

    public bool HasPrefix { get; init; } = true;

    /// <summary>Each line as JSON.</summary>
    public bool IsJson { get; init; }
}
