using AgentOperator.Kube.Models;

namespace AgentOperator.Kube;

/// <summary>One page of a list.</summary>
/// <param name="Metadata">Version of the whole list, and the next page's token.</param>
/// <param name="Items">The objects that could be read.</param>
/// <param name="Unreadable">The objects that do not fit their record; they must not be taken for absent.</param>
public sealed record KubeList<T>(ListMeta Metadata, IReadOnlyList<T> Items, IReadOnlyList<UnreadableObject> Unreadable);
