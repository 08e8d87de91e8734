using System.Text;

namespace AgentOperator.Manifests.Files;

/// <summary>A committed folder that holds generated YAML and nothing else.</summary>
internal sealed class GeneratedFolder(string root, string path)
{
    private static readonly UTF8Encoding WithoutMark = new(encoderShouldEmitUTF8Identifier: false);

    private string Directory => Path.Combine(root, path);

    /// <summary>The folder in the repository that <paramref name="start"/> lies in.</summary>
    public static GeneratedFolder Find(string start, string path)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
            {
                return new GeneratedFolder(folder.FullName, path);
            }
        }

        throw new RefusedException([$"{start} lies outside the repository: run this inside it"]);
    }

    /// <summary>One line for each file that is missing, differs, or has no source any more.</summary>
    public IReadOnlyList<string> Drift(IReadOnlyList<GeneratedFile> files) =>
    [
        .. files.Where(file => Read(file.Name) != file.Text)
            .Select(file => $"{path}/{file.Name}: {(Read(file.Name) is null ? "missing" : "differs")}"),
        .. Stale(files).Select(name => $"{path}/{name}: nothing generates it"),
    ];

    public void Write(IReadOnlyList<GeneratedFile> files)
    {
        System.IO.Directory.CreateDirectory(Directory);
        foreach (GeneratedFile file in files.Where(file => Read(file.Name) != file.Text))
        {
            File.WriteAllText(Path.Combine(Directory, file.Name), file.Text, WithoutMark);
        }

        foreach (string name in Stale(files))
        {
            File.Delete(Path.Combine(Directory, name));
        }
    }

    private string? Read(string name) => Path.Combine(Directory, name) is var file && File.Exists(file) ? File.ReadAllText(file) : null;

    private IEnumerable<string> Stale(IReadOnlyList<GeneratedFile> files) =>
        System.IO.Directory.Exists(Directory)
            ? System.IO.Directory.EnumerateFiles(Directory, "*.yaml").Select(file => Path.GetFileName(file)!)
                .Except(files.Select(file => file.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal)
            : [];
}
