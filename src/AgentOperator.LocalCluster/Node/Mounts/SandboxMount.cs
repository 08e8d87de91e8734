namespace AgentOperator.Local.Node.Mounts;

/// <summary>Something of this machine that a container sees at a path.</summary>
internal sealed record SandboxMount(string Source, string Target, bool IsReadOnly);
