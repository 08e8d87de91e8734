namespace AgentOperator.Local.Node;

/// <summary>One run of a container's program.</summary>
internal interface IContainerProcess : IDisposable
{
    Task<ContainerExit> Exited { get; }

    /// <summary>The program's process id on this machine; null when it did not start, and for one that has none.</summary>
    Task<int?> ChildAsync();

    /// <summary>Completes when the program runs in its sandbox, or has ended: until then nobody can enter.</summary>
    Task EnterableAsync(TimeProvider time, CancellationToken cancellation);

    Task SignalAsync(int signal);
}
