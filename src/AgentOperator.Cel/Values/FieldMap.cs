namespace AgentOperator.Cel.Values;

/// <summary>A map from names to the values that it holds.</summary>
internal sealed class FieldMap(IReadOnlyDictionary<string, CelValue> fields) : CelRecord
{
    public override int Count => fields.Count;

    public override IEnumerable<string> Names => fields.Keys;

    public override bool TryGet(string key, out CelValue value) => fields.TryGetValue(key, out value);
}
