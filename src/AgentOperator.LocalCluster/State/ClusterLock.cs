namespace AgentOperator.Local.State;

/// <summary>Held by the process that runs the cluster; the kernel drops it when that process dies.</summary>
internal sealed class ClusterLock : IDisposable
{
    private readonly FileStream _file;

    private ClusterLock(FileStream file) => _file = file;

    /// <summary>Null when another process, or this one, holds it.</summary>
    public static ClusterLock? TryTake(ClusterFolder folder)
    {
        try
        {
            return new ClusterLock(new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
