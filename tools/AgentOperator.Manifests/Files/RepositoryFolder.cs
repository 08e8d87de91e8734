namespace AgentOperator.Manifests.Files;

/// <summary>The repository that a folder lies in.</summary>
internal static class RepositoryFolder
{
    public static string Of(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
            {
                return folder.FullName;
            }
        }

        throw new RefusedException([$"{start} lies outside the repository: run this inside it"]);
    }
}
