namespace AgentOperator.Cli.Linting;

/// <summary>A finding in <c>-o json</c>.</summary>
internal sealed record FindingDocument(string File, int Line, int Column, string Severity, string Reason, string? Path, string Message, string? Object)
{
    public static FindingDocument Of(Finding finding) => new(finding.File, finding.At.Line, finding.At.Column, finding.Severity, finding.Reason, finding.Path.Length == 0 ? null : finding.Path, finding.Message, finding.Object);
}
