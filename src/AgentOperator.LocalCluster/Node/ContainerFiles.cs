namespace AgentOperator.Local.Node;

/// <summary>Files of one container below the pod's folder.</summary>
internal sealed record ContainerFiles(string Folder, string Container)
{
    public string Log => Path.Combine(Folder, Container + ".log");

    /// <summary>What the run before wrote.</summary>
    public string PreviousLog => Path.Combine(Folder, Container + ".previous.log");

    public string TerminationLog => Path.Combine(Folder, "." + Container + ".termination");

    public string Hosts => Path.Combine(Folder, ".hosts");
}
