namespace AgentOperator.Cel;

/// <summary>A list. Elements may be made when they are asked for; the same index gives the same value each time.</summary>
public abstract class CelList
{
    /// <summary>The number of elements.</summary>
    public abstract int Count { get; }

    /// <summary>The element at an index from 0 to less than <see cref="Count"/>.</summary>
    public abstract CelValue this[int index] { get; }
}
