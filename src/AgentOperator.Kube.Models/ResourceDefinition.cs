namespace AgentOperator.Kube.Models;

/// <summary>Where the API server serves a kind: group, version, plural and scope.</summary>
/// <param name="Group">API group, empty for the core group.</param>
/// <param name="Version">API version, <c>v1</c>.</param>
/// <param name="Plural">Lower-case plural used in paths, <c>jobs</c>.</param>
/// <param name="Kind">Kind in the singular, <c>Job</c>.</param>
/// <param name="Namespaced">False for cluster-scoped kinds.</param>
public sealed record ResourceDefinition(string Group, string Version, string Plural, string Kind, bool Namespaced = true)
{
    /// <summary><c>group/version</c>, or the version alone for the core group.</summary>
    public string ApiVersion { get; } = Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The name that RBAC and error messages use, <c>jobs.batch</c>.</summary>
    public string QualifiedName { get; } = Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
