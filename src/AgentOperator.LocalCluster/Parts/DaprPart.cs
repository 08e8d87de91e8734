using AgentOperator.Kube.Models.Core;
using AgentOperator.Local.ControlPlane;
using AgentOperator.Local.Dapr;
using AgentOperator.Local.Dapr.Injection;
using AgentOperator.Local.Dapr.Installation;
using AgentOperator.Local.Dapr.Resources;
using AgentOperator.Local.Dapr.Sidecars;
using AgentOperator.Local.Node;

namespace AgentOperator.Local.Parts;

/// <summary>Dapr: kinds, injector, sidecars.</summary>
internal sealed class DaprPart : IAsyncDisposable
{
    private readonly DaprInstallation _installation;
    private readonly InjectorServer _injector;

    private DaprPart(DaprInstallation installation, InjectorServer injector, IReadOnlyDictionary<string, IBuiltInImage> images)
    {
        _installation = installation;
        _injector = injector;
        Images = images;
    }

    /// <summary>The images of the injector and of the sidecar.</summary>
    public IReadOnlyDictionary<string, IBuiltInImage> Images { get; }

    /// <summary>Before the stores are filled: the kinds have to be there.</summary>
    public static async Task<DaprPart> AddAsync(WorkloadParts parts, Credentials credentials, CancellationToken cancellation)
    {
        DaprInstallation installation = new(parts.Client, parts.Raw, parts.Time);
        await installation.InstallKindsAsync(cancellation);
        ClusterResourceSource resources = new(parts.Client, parts.Store<DaprComponent>(), parts.Store<DaprSubscription>(), parts.Store<DaprResiliency>());
        InjectorSwitch running = new();
        InjectorServer injector = new(running, credentials, parts.Logger<InjectorServer>());
        await injector.StartAsync(cancellation);
        return new DaprPart(installation, injector, new Dictionary<string, IBuiltInImage>(StringComparer.Ordinal)
        {
            [DaprVersion.InjectorImage] = new InjectorImage(running, parts.Time),
            [DaprVersion.SidecarImage] = new SidecarImage(new DaprMesh(parts.Time), resources, parts.Client, parts.Store<Secret>(), parts.Store<Service>()),
        });
    }

    /// <summary>Returns when pods get sidecars.</summary>
    public Task InstallAsync(CancellationToken cancellation) => _installation.InstallInjectorAsync(_injector.Address, _injector.AuthorityPem, cancellation);

    public ValueTask DisposeAsync() => _injector.DisposeAsync();
}
