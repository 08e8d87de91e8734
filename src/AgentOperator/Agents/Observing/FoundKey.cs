namespace AgentOperator.Agents.Observing;

/// <summary>What there is of one key of a Secret or ConfigMap.</summary>
/// <param name="HasObject">Whether the object is there.</param>
/// <param name="Value">Of a ConfigMap the text, of a Secret a salted digest and never the value; null when there is no such key.</param>
internal sealed record FoundKey(bool HasObject, string? Value);
