namespace AgentOperator.Kube.Configuration;

/// <summary>Finds the cluster as kubectl does: an explicit file, else <c>KUBECONFIG</c>, else the pod's own service account, else <c>~/.kube/config</c>.</summary>
public static class KubeConfigLoader
{
    /// <summary>Loads the connection.</summary>
    /// <param name="path">A kubeconfig file, or several as in <c>KUBECONFIG</c>; null to search.</param>
    /// <param name="context">Context to use; null for the file's current one.</param>
    /// <exception cref="KubeConfigException">No file, no such context, or credentials that cannot be used.</exception>
    public static KubeConnection Load(string? path = null, string? context = null) => Load(path, context, Environment.GetEnvironmentVariable);

    internal static KubeConnection Load(string? path, string? context, Func<string, string?> environment)
    {
        path = NullIfEmpty(path) ?? NullIfEmpty(environment("KUBECONFIG"));
        if (path is null && InClusterConfig.IsAvailable)
        {
            return InClusterConfig.Load();
        }

        path ??= Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");
        string[] existing = [.. path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(File.Exists)];
        return existing.Length == 0
            ? throw new KubeConfigException($"No kubeconfig at {path}: set KUBECONFIG, pass --kubeconfig, or run inside a cluster.")
            : WithProxy(KubeConfigFile.Merge(existing).Resolve(context), environment);
    }

    /// <summary>Inside a cluster there is no such thing: platforms put a proxy for the outer world into every pod's environment.</summary>
    private static KubeConnection WithProxy(KubeConnection connection, Func<string, string?> environment) =>
        connection.Proxy is null ? connection with { Proxy = ProxyRules.For(connection.Server, environment) } : connection;

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
