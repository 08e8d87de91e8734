using AgentOperator.Manifests.Files;

namespace AgentOperator.Manifests.Tests.Files;

public sealed class GeneratedFolderTests : IDisposable
{
    private static readonly IReadOnlyList<GeneratedFile> Files = [new("a.yaml", "a: 1\n"), new("b.yaml", "b: 1\n")];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();

    private GeneratedFolder Folder => new(_root.FullName, "config/crd");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void WhatWasWrittenDoesNotDrift()
    {
        Folder.Write(Files);

        Folder.Drift(Files).ShouldBeEmpty();
    }

    [Fact]
    public void DriftNamesEachFileAndHowItDiffers()
    {
        Folder.Write([Files[0] with { Text = "a: 2\n" }, new("c.yaml", "c: 1\n")]);

        Folder.Drift(Files).ShouldBe(["config/crd/a.yaml: differs", "config/crd/b.yaml: missing", "config/crd/c.yaml: nothing generates it"]);
    }

    [Fact]
    public void WritingRemovesWhatNothingGenerates()
    {
        Folder.Write([new("c.yaml", "c: 1\n")]);
        Folder.Write(Files);

        Folder.Drift(Files).ShouldBeEmpty();
    }

    [Fact]
    public void AFolderOutsideTheRepositoryIsRefused() =>
        Should.Throw<RefusedException>(() => GeneratedFolder.Find(_root.FullName, "config/crd")).Message.ShouldContain("outside the repository");
}
