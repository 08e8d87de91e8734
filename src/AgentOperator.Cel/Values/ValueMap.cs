namespace AgentOperator.Cel.Values;

/// <summary>A map that an expression made; keys keep their order.</summary>
internal sealed class ValueMap(OrderedDictionary<CelValue, CelValue> entries) : CelMap
{
    public override int Count => entries.Count;

    public override IEnumerable<CelValue> Keys => entries.Keys;

    public override bool TryGet(CelValue key, out CelValue value) => entries.TryGetValue(key, out value);

    public override bool TryGet(string key, out CelValue value) => entries.TryGetValue(CelValue.From(key), out value);
}
