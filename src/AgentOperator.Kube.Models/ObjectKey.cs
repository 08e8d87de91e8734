namespace AgentOperator.Kube.Models;

/// <summary>Names one object of a kind. <see cref="Namespace"/> is null for cluster-scoped kinds.</summary>
public readonly record struct ObjectKey(string? Namespace, string Name)
{
    /// <summary><c>namespace/name</c>, or the name alone.</summary>
    public override string ToString() => Namespace is null ? Name : $"{Namespace}/{Name}";
}
