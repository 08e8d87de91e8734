using System.Text.Json;
using AgentOperator.Kube.Models;
using AgentOperator.Local.Dapr.Resources;
using AgentOperator.Local.Dapr.Secrets;
using AgentOperator.Local.Dapr.Sidecars;

namespace AgentOperator.Local.Dapr.Components;

/// <summary>Sets up the Components that are meant for an app.</summary>
internal sealed class ComponentLoader(SidecarOptions options, IClusterSecrets? cluster, Action<string> log)
{
    private const string Kubernetes = "kubernetes";

    /// <exception cref="ComponentInitException">One cannot be set up, and does not say that this may be.</exception>
    public async Task<ComponentSet> LoadAsync(IEnumerable<DaprComponent> components, bool hasClusterStore, CancellationToken cancellation)
    {
        Dictionary<string, ISecretStore> stores = new(StringComparer.Ordinal);
        if (cluster is not null && hasClusterStore)
        {
            stores[Kubernetes] = new ClusterSecretStore(cluster, options.Namespace);
        }

        List<LoadedComponent> loaded = [];

        // Secret stores first: the others may refer to them.
        foreach (DaprComponent component in components.Where(IsMine).OrderBy(static component => !component.Spec.Type.StartsWith(ComponentKinds.SecretStores, StringComparison.Ordinal)).ThenBy(static component => component.Metadata.Name, StringComparer.Ordinal))
        {
            try
            {
                LoadedComponent one = await LoadAsync(component, stores, cancellation);
                if (Store(one) is { } store)
                {
                    stores[one.Name] = store;
                }

                loaded.Add(one);
                log($"component loaded: {one.Name} ({one.Type}/{one.Version})");
            }
            catch (ComponentInitException error) when (component.Spec.IgnoreErrors == true)
            {
                log($"error processing component, daprd will continue: {error.Message}");
            }
        }

        return new ComponentSet(loaded, stores);
    }

    private bool IsMine(DaprComponent component) => component.Scopes is not { Count: > 0 } scopes || scopes.Contains(options.AppId, StringComparer.Ordinal);

    private async Task<LoadedComponent> LoadAsync(DaprComponent component, Dictionary<string, ISecretStore> stores, CancellationToken cancellation)
    {
        ComponentSpec spec = component.Spec;
        string name = component.Metadata.Name!;
        if (!ComponentKinds.Types.Contains(spec.Type, StringComparer.Ordinal))
        {
            throw Failure(component, $"couldn't find {spec.Type}/{spec.Version}: the local cluster has {string.Join(", ", ComponentKinds.Types)}");
        }

        Dictionary<string, string> settings = new(StringComparer.OrdinalIgnoreCase);
        foreach (ComponentMetadataItem item in spec.Metadata ?? [])
        {
            settings[item.Name] = item switch
            {
                { SecretKeyRef: { } reference } => await SecretAsync(component, reference, stores, cancellation),
                { EnvRef: { Length: > 0 } variable } => options.Environment.GetValueOrDefault(variable) ?? "",
                { Value: { ValueKind: JsonValueKind.String } text } => text.GetString()!,
                { Value: { ValueKind: not JsonValueKind.Null } value } => value.GetRawText(),
                _ => "",
            };
        }

        return new LoadedComponent(name, spec.Type, spec.Version, settings);
    }

    private async Task<string> SecretAsync(DaprComponent component, SecretKeyRef reference, Dictionary<string, ISecretStore> stores, CancellationToken cancellation)
    {
        string store = component.Auth?.SecretStore is { Length: > 0 } named ? named : Kubernetes;
        IReadOnlyDictionary<string, string>? values = store == Kubernetes && cluster is not null
            ? await cluster.FindAsync(options.Namespace, reference.Name, cancellation)
            : stores.TryGetValue(store, out ISecretStore? known)
                ? await known.FindAsync(reference.Name, options.Namespace, cancellation)
                : throw Failure(component, $"secret store {store} is not there");
        return values?.GetValueOrDefault(reference.Key is { Length: > 0 } key ? key : reference.Name)
            ?? throw Failure(component, $"secret {reference.Name}, key {reference.Key ?? reference.Name}, was not found in secret store {store}");
    }

    private ISecretStore? Store(LoadedComponent component) => component.Type switch
    {
        "secretstores.local.file" => FileSecretStore.Open(component, options.FilePath),
        "secretstores.local.env" => new EnvironmentSecretStore(options.Environment, component.Setting("prefix") ?? ""),
        "secretstores.kubernetes" when cluster is not null => new ClusterSecretStore(cluster, component.Setting("defaultNamespace") is { Length: > 0 } other ? other : options.Namespace),
        "secretstores.kubernetes" => throw new ComponentInitException($"[INIT_COMPONENT_FAILURE]: initialization error occurred for {component.Name} ({component.Type}/{component.Version}): there is no cluster"),
        _ => null,
    };

    private static ComponentInitException Failure(DaprComponent component, string reason) =>
        new($"[INIT_COMPONENT_FAILURE]: initialization error occurred for {component.Key().Name} ({component.Spec.Type}/{component.Spec.Version}): {reason}");
}
