namespace AgentOperator.Manifests.Tests;

/// <summary>The corpus that runs against an API server is in the form that its reader expects.</summary>
public sealed class CorpusTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "AgentOperator.Manifests.Tests");

    public static TheoryData<string> Refused => [.. Names("Refused")];

    public static TheoryData<string> Accepted => [.. Names("Accepted")];

    [Theory]
    [MemberData(nameof(Refused))]
    public void EveryRefusedExampleSaysWhichMessageItExpects(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, "Refused", name));

        lines[0].ShouldStartWith("# expect: ");
        lines[0].Length.ShouldBeGreaterThan("# expect: ".Length);
        lines[1].ShouldBe("apiVersion: agentoperator.dev/v1alpha1");
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void AcceptedExamplesExpectNoMessage(string name) =>
        File.ReadLines(Path.Combine(Folder, "Accepted", name)).First().ShouldBe("apiVersion: agentoperator.dev/v1alpha1");

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
