namespace AgentOperator.Cel;

/// <summary>A map. Values may be made when they are asked for; the same key gives the same value each time.</summary>
public abstract class CelMap
{
    /// <summary>The number of entries.</summary>
    public abstract int Count { get; }

    /// <summary>The keys.</summary>
    public abstract IEnumerable<CelValue> Keys { get; }

    /// <summary>Gives a key's value. Numeric keys are given as <see cref="CelKind.Int"/>, or as <see cref="CelKind.Uint"/> where they exceed it.</summary>
    public abstract bool TryGet(CelValue key, out CelValue value);

    /// <summary>Gives a field's value.</summary>
    public abstract bool TryGet(string key, out CelValue value);
}
