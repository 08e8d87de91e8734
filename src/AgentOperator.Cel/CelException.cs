namespace AgentOperator.Cel;

/// <summary>An expression does not compile.</summary>
public sealed class CelException : Exception
{
    /// <summary>Creates it.</summary>
    public CelException(IReadOnlyList<CelIssue> issues)
        : base(string.Join('\n', issues)) => Issues = issues;

    /// <summary>Why; at least one.</summary>
    public IReadOnlyList<CelIssue> Issues { get; }
}
