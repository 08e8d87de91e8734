using AgentOperator.Local.Dapr.Secrets;

namespace AgentOperator.Local.Dapr.Components;

/// <summary>What one sidecar has loaded.</summary>
internal sealed record ComponentSet(IReadOnlyList<LoadedComponent> All, IReadOnlyDictionary<string, ISecretStore> SecretStores)
{
    public static ComponentSet Empty { get; } = new([], new Dictionary<string, ISecretStore>(StringComparer.Ordinal));

    public IEnumerable<LoadedComponent> Of(string kind) => All.Where(component => component.Type.StartsWith(kind + ".", StringComparison.Ordinal));

    public LoadedComponent? PubSub(string name) => Of(ComponentKinds.PubSub).FirstOrDefault(component => component.Name == name);
}
