namespace AgentOperator.Kube.Models;

/// <summary>Metadata of every object (metav1.ObjectMeta). <c>managedFields</c> is left out on purpose: it is dropped at decode and is a third of a cache's memory.</summary>
public sealed record ObjectMeta
{
    public string? Name { get; init; }

    public string? GenerateName { get; init; }

    public string? Namespace { get; init; }

    public string? Uid { get; init; }

    /// <summary>Opaque text; compare with <see cref="ResourceVersions"/>, never as a number.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Raised by the server when the spec changes, never by a status write.</summary>
    public long? Generation { get; init; }

    public Time? CreationTimestamp { get; init; }

    public Time? DeletionTimestamp { get; init; }

    public long? DeletionGracePeriodSeconds { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public IReadOnlyList<OwnerReference>? OwnerReferences { get; init; }

    public IReadOnlyList<string>? Finalizers { get; init; }
}
