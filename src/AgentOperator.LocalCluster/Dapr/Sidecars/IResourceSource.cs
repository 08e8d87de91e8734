namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>Where sidecars get Dapr's objects.</summary>
internal interface IResourceSource
{
    SidecarResources Read(string ns);

    /// <summary>The same, with everything that was written before this call.</summary>
    Task<SidecarResources> ReadCurrentAsync(string ns, CancellationToken cancellation) => Task.FromResult(Read(ns));

    /// <summary>Completes at the next change after this call.</summary>
    Task Changed { get; }
}
