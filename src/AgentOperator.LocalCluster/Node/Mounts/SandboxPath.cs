namespace AgentOperator.Local.Node.Mounts;

/// <summary>Paths as they are in a sandbox, whose links are those of this machine.</summary>
internal static class SandboxPath
{
    private const int MostLinks = 40;

    /// <summary>Folders that each container gets anew.</summary>
    public static IReadOnlyList<string> Own { get; } = ["/dev", "/proc", "/run", "/tmp"];

    /// <summary>Follows links, <c>/var/run</c> to <c>/run</c> for one: a mount cannot be made through them.</summary>
    public static string Resolve(string path) => Resolve(Path.GetFullPath(path).TrimEnd('/'), 0);

    public static bool IsWithin(string path, string folder) => path == folder || path.StartsWith(folder.TrimEnd('/') + '/', StringComparison.Ordinal);

    private static string Resolve(string path, int links)
    {
        string current = "/";
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            string next = Path.Combine(current, parts[i]);
            if (new FileInfo(next).LinkTarget is { } target && links < MostLinks)
            {
                string rest = string.Join('/', parts[(i + 1)..]);
                return Resolve(Path.GetFullPath(Path.Combine(current, target, rest)), links + 1);
            }

            current = next;
        }

        return current;
    }
}
