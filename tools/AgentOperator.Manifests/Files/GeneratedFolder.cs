using System.Text;

namespace AgentOperator.Manifests.Files;

/// <summary>A committed folder that generated files are written to and compared with.</summary>
internal sealed class GeneratedFolder(string root, GeneratedSet set)
{
    private static readonly UTF8Encoding WithoutMark = new(encoderShouldEmitUTF8Identifier: false);

    private string Directory => Path.Combine(root, set.Folder);

    /// <summary>One line for each file that is missing, differs, or has no source any more.</summary>
    public IReadOnlyList<string> Drift() =>
    [
        .. set.Files.Where(file => Read(file.Name) != file.Text)
            .Select(file => $"{set.Folder}/{file.Name}: {(Read(file.Name) is null ? "missing" : "differs")}"),
        .. Stale().Select(name => $"{set.Folder}/{name}: nothing generates it"),
    ];

    public void Write()
    {
        System.IO.Directory.CreateDirectory(Directory);
        foreach (GeneratedFile file in set.Files.Where(file => Read(file.Name) != file.Text))
        {
            File.WriteAllText(Path.Combine(Directory, file.Name), file.Text, WithoutMark);
        }

        foreach (string name in Stale())
        {
            File.Delete(Path.Combine(Directory, name));
        }
    }

    private string? Read(string name) => Path.Combine(Directory, name) is var file && File.Exists(file) ? File.ReadAllText(file) : null;

    private IEnumerable<string> Stale() =>
        System.IO.Directory.Exists(Directory)
            ? System.IO.Directory.EnumerateFiles(Directory, set.Pattern).Select(file => Path.GetFileName(file)!)
                .Except(set.Files.Select(file => file.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal)
            : [];
}
