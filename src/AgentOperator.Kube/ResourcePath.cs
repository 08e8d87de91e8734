using AgentOperator.Kube.Models;

namespace AgentOperator.Kube;

/// <summary>Paths of a kind below the server's address.</summary>
internal sealed class ResourcePath
{
    private readonly string _collection;
    private readonly bool _canNameObjects;
    private readonly string _kind;

    public ResourcePath(ResourceDefinition resource, string? ns)
    {
        string root = resource.Group.Length == 0 ? $"api/{resource.Version}" : $"apis/{resource.Group}/{resource.Version}";
        _collection = ns is null || !resource.Namespaced ? $"{root}/{resource.Plural}" : $"{root}/namespaces/{Uri.EscapeDataString(ns)}/{resource.Plural}";
        _canNameObjects = !resource.Namespaced || ns is not null;
        _kind = resource.Kind;
    }

    public string Collection(string query) => _collection + query;

    public string Creation(string query) => _canNameObjects ? _collection + query : throw NamespaceNeeded();

    public string Object(string name, string query = "") => _canNameObjects ? $"{_collection}/{Uri.EscapeDataString(name)}{query}" : throw NamespaceNeeded();

    public string Subresource(string name, string subresource, string query) => $"{Object(name)}/{subresource}{query}";

    private InvalidOperationException NamespaceNeeded() => new($"A {_kind} is named within a namespace: use Resource<{_kind}>(namespace).");
}
