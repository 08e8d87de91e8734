using AgentOperator.Tooling;

namespace AgentOperator.Cli.Tests.Linting;

/// <summary>What the API server refuses, and what it takes, is the same without it.</summary>
public sealed class CorpusTests
{
    private static readonly string Corpus = Repository.PathTo("tests", "AgentOperator.Manifests.Tests");

    public static TheoryData<string> Refused => [.. Files("Refused")];

    public static TheoryData<string> Accepted => [.. Files("Accepted")];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_the_server_refuses_is_refused_offline(string file)
    {
        (int code, string output, string error) = await CommandLine.RunAsync("", "lint", Path.Combine(Corpus, "Refused", file));

        code.ShouldBe(ExitCodes.No, error);
        output.ShouldMatch($@"{file}:\d+:\d+: error\[[A-Z][A-Za-z]+\]: .+");
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task What_the_server_takes_is_taken_offline(string file)
    {
        (int code, string output, _) = await CommandLine.RunAsync("", "lint", Path.Combine(Corpus, "Accepted", file));

        output.ShouldBeEmpty();
        code.ShouldBe(ExitCodes.Ok);
    }

    [Fact]
    public async Task The_examples_have_no_errors()
    {
        (int code, string output, string error) = await CommandLine.RunAsync("", "lint", Repository.PathTo("examples"));

        output.ShouldBeEmpty();
        code.ShouldBe(ExitCodes.Ok);
        error.ShouldEndWith($": no errors{Environment.NewLine}");
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(Path.Combine(Corpus, folder), "*.yaml").Select(static path => Path.GetFileName(path)!).Order();
}
