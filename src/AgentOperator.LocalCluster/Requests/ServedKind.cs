using AgentOperator.Kube.Models;

namespace AgentOperator.Local.Requests;

/// <summary>A kind that the API server says it serves.</summary>
internal sealed record ServedKind(ResourceDefinition Resource, IReadOnlyList<string> Verbs)
{
    public bool Can(params ReadOnlySpan<string> verbs)
    {
        foreach (string verb in verbs)
        {
            if (!Verbs.Contains(verb, StringComparer.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Path of a collection; null for all namespaces.</summary>
    public string Collection(string? ns)
    {
        string root = Resource.Group.Length == 0 ? $"/api/{Resource.Version}" : $"/apis/{Resource.Group}/{Resource.Version}";
        return ns is null || !Resource.Namespaced ? $"{root}/{Resource.Plural}" : $"{root}/namespaces/{ns}/{Resource.Plural}";
    }

    public string Object(ObjectKey key) => $"{Collection(key.Namespace)}/{key.Name}";
}
