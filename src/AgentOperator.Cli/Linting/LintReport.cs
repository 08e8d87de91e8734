namespace AgentOperator.Cli.Linting;

/// <summary>What was found in some files.</summary>
internal sealed record LintReport
{
    public List<Finding> Findings { get; } = [];

    public int Errors => Findings.Count(static finding => !finding.IsWarning);

    public int Files { get; set; }

    /// <summary>Objects of our kinds.</summary>
    public int Objects { get; set; }

    /// <summary>Documents of other kinds, which are not looked at.</summary>
    public int Others { get; set; }
}
