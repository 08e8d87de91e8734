namespace AgentOperator.Cel;

/// <summary>What a function does. Arguments are of the declared kinds and never errors; what fails gives <see cref="CelValue.Error(string)"/>.</summary>
public delegate CelValue CelImplementation(scoped ReadOnlySpan<CelValue> arguments, ref CelContext context);
