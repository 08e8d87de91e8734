using System.Reflection;
using AgentOperator.Api;
using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.Tests;

public sealed class DriftTests
{
    public static TheoryData<string> Folders => [.. Generate().Select(set => set.Folder)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void CommittedFilesAreWhatTheCodeSays(string folder) =>
        new GeneratedFolder(Repository.Root, Generate().Single(set => set.Folder == folder)).Drift()
            .ShouldBeEmpty("run: dotnet run --project tools/AgentOperator.Manifests");

    [Fact]
    public void TheSameCodeGivesTheSameText() => Generate().SelectMany(set => set.Files).ShouldBe(Generate().SelectMany(set => set.Files));

    [Fact]
    public void EverythingIsGenerated() => Folders.Select(row => row.Data).ShouldBe(["config/crd", "config/rbac", "config/admission", "config/authors", "config/argocd", "config/schema", "docs"]);

    private static IReadOnlyList<GeneratedSet> Generate() => Generator.Generate(typeof(ApiGroup).Assembly, Assembly.Load("agent-operator"));
}
