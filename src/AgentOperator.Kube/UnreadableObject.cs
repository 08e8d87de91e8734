using AgentOperator.Kube.Models;

namespace AgentOperator.Kube;

/// <summary>An object whose JSON does not fit the record of its kind, made by a client that the schema did not stop.</summary>
/// <param name="Metadata">Name and version, which always can be read.</param>
/// <param name="Problem">What does not fit.</param>
public sealed record UnreadableObject(ObjectMeta Metadata, string Problem);
