namespace AgentOperator.Local.Node;

/// <summary>What part a container has in its pod.</summary>
internal enum ContainerRole
{
    /// <summary>One of <c>containers</c>.</summary>
    Main,

    /// <summary>Runs to its end before the next starts.</summary>
    Init,

    /// <summary>An init container that goes on beside the main ones.</summary>
    Sidecar,
}
