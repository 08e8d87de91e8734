using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.Tests.Files;

public sealed class GeneratedFolderTests : IDisposable
{
    private static readonly IReadOnlyList<GeneratedFile> Files = [new("a.yaml", "a: 1\n"), new("b.yaml", "b: 1\n")];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void WhatWasWrittenDoesNotDrift()
    {
        Folder(Files).Write();

        Folder(Files).Drift().ShouldBeEmpty();
    }

    [Fact]
    public void DriftNamesEachFileAndHowItDiffers()
    {
        Folder([Files[0] with { Text = "a: 2\n" }, new("c.yaml", "c: 1\n")]).Write();

        Folder(Files).Drift().ShouldBe(["config/crd/a.yaml: differs", "config/crd/b.yaml: missing", "config/crd/c.yaml: nothing generates it"]);
    }

    [Fact]
    public void WritingRemovesWhatNothingGenerates()
    {
        Folder([new("c.yaml", "c: 1\n")]).Write();
        Folder(Files).Write();

        Folder(Files).Drift().ShouldBeEmpty();
    }

    [Fact]
    public void FilesThatPeopleWroteStay()
    {
        string page = Path.Combine(_root.FullName, "config/crd/page.md");
        Folder(Files).Write();
        File.WriteAllText(page, "By hand.");

        Folder([]).Write();

        File.Exists(page).ShouldBeTrue();
        Folder([]).Drift().ShouldBeEmpty();
    }

    [Fact]
    public void AFolderOutsideTheRepositoryIsRefused() =>
        Should.Throw<RefusedException>(() => RepositoryFolder.Of(_root.FullName)).Message.ShouldContain("outside the repository");

    private GeneratedFolder Folder(IReadOnlyList<GeneratedFile> files) => new(_root.FullName, new GeneratedSet("config/crd", "*.yaml", files));
}
