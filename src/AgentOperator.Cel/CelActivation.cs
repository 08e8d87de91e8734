namespace AgentOperator.Cel;

/// <summary>Variables from a dictionary.</summary>
public sealed class CelActivation(IReadOnlyDictionary<string, CelValue> values) : ICelActivation
{
    /// <summary>No variables.</summary>
    public static CelActivation Empty { get; } = new(new Dictionary<string, CelValue>(StringComparer.Ordinal));

    /// <inheritdoc/>
    public bool TryResolve(string name, out CelValue value) => values.TryGetValue(name, out value);
}
