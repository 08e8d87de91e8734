using System.Text.Json;
using AgentOperator.Local.Processes;

namespace AgentOperator.Local.State;

/// <summary>Which processes a cluster consists of.</summary>
/// <param name="Owner">The process that started the others.</param>
/// <param name="Children">etcd and the API server; pods are held by bubblewrap's own death signals.</param>
internal sealed record ProcessTable(ProcessIdentity? Owner, IReadOnlyList<ProcessIdentity> Children)
{
    public static ProcessTable Empty { get; } = new(null, []);

    /// <summary>Reads the table; an absent or torn file is an empty one.</summary>
    public static ProcessTable Read(ClusterFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(folder.Processes), StateJsonContext.Default.ProcessTable) ?? Empty;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return Empty;
        }
    }

    public void Write(ClusterFolder folder) => File.WriteAllBytes(folder.Processes, JsonSerializer.SerializeToUtf8Bytes(this, StateJsonContext.Default.ProcessTable));
}
