namespace AgentOperator.Kube.Configuration;

/// <summary>Finds the cluster as kubectl does: an explicit file, else <c>KUBECONFIG</c>, else the pod's own service account, else <c>~/.kube/config</c>.</summary>
public static class KubeConfigLoader
{
    /// <summary>Loads the connection.</summary>
    /// <param name="path">A kubeconfig file, or several as in <c>KUBECONFIG</c>; null to search.</param>
    /// <param name="context">Context to use; null for the file's current one.</param>
    /// <exception cref="KubeConfigException">No file, no such context, or credentials that cannot be used.</exception>
    public static KubeConnection Load(string? path = null, string? context = null)
    {
        path = NullIfEmpty(path) ?? NullIfEmpty(Environment.GetEnvironmentVariable("KUBECONFIG"));
        if (path is null && InClusterConfig.IsAvailable)
        {
            return InClusterConfig.Load();
        }

        path ??= Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");
        string[] existing = [.. path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(File.Exists)];
        return existing.Length == 0
            ? throw new KubeConfigException($"No kubeconfig at {path}: set KUBECONFIG, pass --kubeconfig, or run inside a cluster.")
            : KubeConfigFile.Merge(existing).Resolve(context);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
