namespace AgentOperator.Local.Dapr.Sidecars;

/// <summary>Where sidecars get Dapr's objects.</summary>
internal interface IResourceSource
{
    SidecarResources Read(string ns);

    /// <summary>Completes at the next change after this call.</summary>
    Task Changed { get; }
}
