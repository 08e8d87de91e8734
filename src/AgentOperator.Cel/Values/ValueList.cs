namespace AgentOperator.Cel.Values;

/// <summary>A list that holds its elements.</summary>
internal sealed class ValueList(IReadOnlyList<CelValue> values) : CelList
{
    public override int Count => values.Count;

    public override CelValue this[int index] => values[index];
}
