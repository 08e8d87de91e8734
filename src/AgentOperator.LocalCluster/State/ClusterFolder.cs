using System.Text.RegularExpressions;

namespace AgentOperator.Local.State;

/// <summary>Files of one cluster.</summary>
internal sealed partial class ClusterFolder
{
    private ClusterFolder(string path) => Path = path;

    public string Path { get; }

    public string KubeConfig => Combine("kubeconfig");

    public string Processes => Combine("processes.json");

    public string Lock => Combine("lock");

    public string EtcdData => Combine("etcd");

    public string Keys => Combine("pki");

    public string Pods => Combine("pods");

    /// <summary>Content of pods' volumes, secrets among it.</summary>
    public string Volumes => Combine("volumes");

    /// <summary>Folder of a name.</summary>
    /// <exception cref="LocalClusterException">The name cannot be one.</exception>
    public static ClusterFolder Of(string name, string? root)
    {
        if (!ValidName().IsMatch(name))
        {
            throw new LocalClusterException($"\"{name}\" cannot be a cluster's name: use lower-case letters, digits and '-', at most 40, a letter or digit first.");
        }

        return new ClusterFolder(System.IO.Path.GetFullPath(System.IO.Path.Combine(root ?? DefaultRoot(), name)));
    }

    public string LogOf(string program) => Combine(program + ".log");

    /// <summary>Makes the folder, for its owner alone: it holds keys.</summary>
    public void Create() => Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Removes what belongs to one start.</summary>
    public void Clear()
    {
        foreach (string file in (string[])[KubeConfig, Processes, LogOf("etcd"), LogOf("apiserver")])
        {
            File.Delete(file);
        }

        ClearData();
        DeleteFolder(Pods);
    }

    /// <summary>Removes data, keys and volumes; logs stay for who wants to know what happened.</summary>
    public void ClearData()
    {
        ClearEtcd();
        DeleteFolder(Keys);
        DeleteFolder(Volumes);
    }

    public void ClearEtcd() => DeleteFolder(EtcdData);

    private static void DeleteFolder(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static string DefaultRoot()
    {
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(state))
        {
            state = System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        }

        return System.IO.Path.Combine(state, "agent-operator", "clusters");
    }

    private string Combine(string name) => System.IO.Path.Combine(Path, name);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValidName();
}
