namespace AgentOperator.Local.Node.Mounts;

/// <summary>The root of a sandbox: this machine's, read-only, opened up where something is mounted at a path that it does not have.</summary>
internal static class SandboxRoot
{
    private static readonly string[] Replaced = [.. SandboxPath.Own, "/lost+found"];

    // Empty in a sandbox: people's files, and the keys of the cluster itself.
    private static readonly string[] Private = ["/root", "/home"];

    public static IEnumerable<string> Arguments(IEnumerable<string> targets)
    {
        HashSet<string> opened = new(StringComparer.Ordinal);
        foreach (string target in targets.Where(static target => !Path.Exists(target)))
        {
            for (string? folder = Path.GetDirectoryName(target); folder is not null and not "/"; folder = Path.GetDirectoryName(folder))
            {
                opened.Add(folder);
            }
        }

        return Entries("/", opened);
    }

    private static IEnumerable<string> Entries(string folder, HashSet<string> opened)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            string path = entry.FullName;
            if (folder == "/" && Replaced.Contains(path, StringComparer.Ordinal))
            {
                continue;
            }

            IEnumerable<string> arguments = entry.LinkTarget is { } target ? ["--symlink", target, path]
                : folder == "/" && Private.Contains(path, StringComparer.Ordinal) ? ["--dir", path]
                : opened.Contains(path) ? ["--dir", path, .. Entries(path, opened)]
                : ["--ro-bind-try", path, path];
            foreach (string argument in arguments)
            {
                yield return argument;
            }
        }
    }
}
