namespace AgentOperator.Cel.Values;

/// <summary>An optional's value.</summary>
internal sealed record Box(CelValue Value);
