using AgentOperator.Tooling;

namespace AgentOperator.EndToEnd;

/// <summary>What kubectl apply refuses, and in which words.</summary>
public sealed class ValidationCorpusTests(ClusterFixture cluster)
{
    private static readonly string Corpus = Repository.PathTo("tests", "AgentOperator.Manifests.Tests");

    public static TheoryData<string> Refused => [.. Files("Refused")];

    public static TheoryData<string> Accepted => [.. Files("Accepted")];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_broken_workflow_is_refused_with_a_message_that_helps(string file)
    {
        string path = Path.Combine(Corpus, "Refused", file);
        string expected = (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken))[0].Replace("# expect: ", "", StringComparison.Ordinal);

        (int code, _, string error) = await cluster.Kubectl.TryAsync(TestContext.Current.CancellationToken, "create", "--dry-run=server", "--namespace", "default", "-f", path);

        code.ShouldNotBe(0);
        error.ShouldContain(expected);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task A_good_workflow_is_accepted(string file) =>
        await cluster.Kubectl.RunAsync(TestContext.Current.CancellationToken, ["create", "--dry-run=server", "--namespace", "default", "-f", Path.Combine(Corpus, "Accepted", file), .. InTheNameOf(file)]);

    /// <summary>An Approval is made in one's own name only.</summary>
    private static string[] InTheNameOf(string file) => file.StartsWith("approval-", StringComparison.Ordinal) ? ["--as=alice", "--as-group=sre", "--as-group=system:masters"] : [];

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(Path.Combine(Corpus, folder), "*.yaml").Select(static path => Path.GetFileName(path)!).Order();
}
