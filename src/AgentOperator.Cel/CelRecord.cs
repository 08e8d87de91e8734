namespace AgentOperator.Cel;

/// <summary>A map with strings as keys, to be derived from where fields are found on demand.</summary>
public abstract class CelRecord : CelMap
{
    /// <inheritdoc/>
    public sealed override IEnumerable<CelValue> Keys => Names.Select(static name => CelValue.From(name));

    /// <summary>The names of the fields that have a value.</summary>
    public abstract IEnumerable<string> Names { get; }

    /// <inheritdoc/>
    public override int Count => Names.Count();

    /// <inheritdoc/>
    public sealed override bool TryGet(CelValue key, out CelValue value)
    {
        if (key.Kind is CelKind.String)
        {
            return TryGet(key.AsString(), out value);
        }

        value = default;
        return false;
    }
}
