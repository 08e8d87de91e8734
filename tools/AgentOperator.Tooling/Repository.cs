namespace AgentOperator.Tooling;

/// <summary>Files of this repository, found upwards from the running program.</summary>
public static class Repository
{
    private const string Mark = "AgentOperator.sln";

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Mark)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new ToolException($"{Mark} is in no folder above {AppContext.BaseDirectory}: run from a clone.");
    }
}
