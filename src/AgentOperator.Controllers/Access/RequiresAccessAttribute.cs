using AgentOperator.Kube.Models;

namespace AgentOperator.Controllers.Access;

/// <summary>What a part of the operator does to one resource. <c>config/rbac</c> grants what is declared and nothing else: what is missing here is refused by the API server.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class RequiresAccessAttribute(ResourceDefinition resource, IReadOnlyList<string> verbs) : Attribute
{
    public ResourceDefinition Resource { get; } = resource;

    public IReadOnlyList<string> Verbs { get; } = verbs;

    /// <summary>Part of the resource that has rules of its own, <c>status</c>; null for the resource itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>True: only in the namespace that the operator itself runs in.</summary>
    public bool InOwnNamespace { get; init; }
}

/// <summary>What a part of the operator does to the objects of one kind.</summary>
public sealed class RequiresAccessAttribute<T>(params string[] verbs) : RequiresAccessAttribute(T.Resource, verbs)
    where T : class, IKubernetesObject<T>;
