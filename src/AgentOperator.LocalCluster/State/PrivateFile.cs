namespace AgentOperator.Local.State;

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFile
{
    public static void Write(string path, string text)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using StreamWriter writer = new(path, options);
        writer.Write(text);
    }
}
