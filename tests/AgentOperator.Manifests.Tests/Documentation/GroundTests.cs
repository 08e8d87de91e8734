using System.Text.RegularExpressions;

namespace AgentOperator.Manifests.Tests.Documentation;

/// <summary>docs/ground.md names a test for each line of the checklist; it must not promise what is not there.</summary>
public sealed partial class GroundTests
{
    private const int Lines = 66;

    private static readonly string[] Rows = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "ground.md")).Where(static line => Row().IsMatch(line))];

    [Fact]
    public void Every_line_of_the_checklist_is_there_once() =>
        Rows.Select(static row => int.Parse(Row().Match(row).Groups["number"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(1, Lines));

    [Fact]
    public void Every_line_names_a_test_or_says_why_not_yet() =>
        Rows.Where(static row => !Reference().IsMatch(row) && !row.Contains("Not yet", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Every_test_that_is_named_is_there()
    {
        ILookup<string, string> sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(static file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);

        IEnumerable<string> missing =
            from row in Rows
            from Match named in Reference().Matches(row)
            where !sources[named.Groups["class"].Value].Any(source => IsTest(source, named.Groups["method"].Value))
            select named.Value;

        missing.ShouldBeEmpty();
    }

    /// <summary>A method right below the attribute of a test, other attributes between them.</summary>
    private static bool IsTest(string source, string method) =>
        Regex.IsMatch(source, $@"\[(Fact|Theory)\b[^\n]*\n(\s*\[[^\n]*\n)*\s*public [^\n]* {Regex.Escape(method)}\(", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    [GeneratedRegex(@"^\| (?<number>\d+) \|", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Reference();
}
