namespace AgentOperator.Demo;

/// <summary>Where the files of this repository are.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution, found upwards from this program.</summary>
    public static string Root { get; } = Find();

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentOperator.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DemoException($"AgentOperator.sln is in no folder above {AppContext.BaseDirectory}: run the demo from a clone, with make demo.");
    }
}
