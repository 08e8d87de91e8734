using AgentOperator.Cli.Output;

namespace AgentOperator.Cli.Linting;

/// <summary>Findings for people, for programs, and for the annotations of GitHub.</summary>
internal static class LintFormats
{
    public const string Text = "text";
    public const string Json = "json";
    public const string GitHub = "github";

    public static void Write(Terminal terminal, LintReport report, string format)
    {
        switch (format)
        {
            case Json:
                JsonText.Write(terminal, (IReadOnlyList<FindingDocument>)[.. report.Findings.Select(FindingDocument.Of)]);
                break;
            case GitHub:
                foreach (Finding finding in report.Findings)
                {
                    terminal.Out.WriteLine($"::{finding.Severity} file={Property(finding.File)},line={finding.At.Line},col={finding.At.Column},title={Property(finding.Reason)}::{Data(finding.Message)}");
                }

                break;
            default:
                // A message is never cut: whoever reads it has to act on it.
                foreach (Finding finding in report.Findings)
                {
                    terminal.Out.WriteLine($"{PlainText.OneLine(finding.File)}:{finding.At.Line}:{finding.At.Column}: {finding.Severity}[{finding.Reason}]: {PlainText.OneLine(finding.Message)}");
                }

                break;
        }
    }

    public static string Summary(LintReport report)
    {
        string checkedText = $"{Count(report.Objects, "object")} in {Count(report.Files, "file")} checked{(report.Others > 0 ? $", {Count(report.Others, "document")} of other kinds left out" : "")}";
        int warnings = report.Findings.Count - report.Errors;
        return $"{checkedText}: {(report.Errors == 0 ? "no errors" : Count(report.Errors, "error"))}{(warnings > 0 ? $", {Count(warnings, "warning")}" : "")}";
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
