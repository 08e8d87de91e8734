namespace AgentOperator.Local.Node.Volumes;

/// <summary>Replaces all files of a folder at once, as the kubelet does: names are links through <c>..data</c>, and that link is swapped.</summary>
internal static class AtomicFolder
{
    private const string Data = "..data";

    /// <summary>False when the files were so already.</summary>
    public static bool Write(string folder, IReadOnlyList<VolumeFile> files, string version)
    {
        if (IsEqual(folder, files))
        {
            return false;
        }

        Directory.CreateDirectory(folder);
        string payload = Path.Combine(folder, ".." + version);
        Directory.CreateDirectory(payload);
        foreach (VolumeFile file in files)
        {
            string path = Path.Combine(payload, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content);
            File.SetUnixFileMode(path, file.Mode);
        }

        string? old = new FileInfo(Path.Combine(folder, Data)).LinkTarget;
        string next = Path.Combine(folder, Data + "_tmp");
        File.Delete(next);
        File.CreateSymbolicLink(next, ".." + version);
        Links.Replace(next, Path.Combine(folder, Data));
        Link(folder, [.. files.Select(static file => file.Path.Split('/')[0]).Distinct(StringComparer.Ordinal)]);
        if (old is not null)
        {
            Directory.Delete(Path.Combine(folder, old), recursive: true);
        }

        return true;
    }

    private static void Link(string folder, string[] names)
    {
        foreach (string name in names)
        {
            string link = Path.Combine(folder, name);
            if (new FileInfo(link).LinkTarget is null)
            {
                File.CreateSymbolicLink(link, Path.Combine(Data, name));
            }
        }

        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (!entry.Name.StartsWith("..", StringComparison.Ordinal) && !names.Contains(entry.Name, StringComparer.Ordinal))
            {
                entry.Delete();
            }
        }
    }

    private static bool IsEqual(string folder, IReadOnlyList<VolumeFile> files)
    {
        string data = Path.Combine(folder, Data);
        return Directory.Exists(data)
            && Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Count() == files.Count
            && files.All(file => File.Exists(Path.Combine(data, file.Path)) && File.ReadAllBytes(Path.Combine(data, file.Path)).AsSpan().SequenceEqual(file.Content));
    }
}
