namespace AgentOperator.Api.JsonSchemas;

/// <summary>Which properties and items of one value the keywords of one schema have evaluated: what <c>unevaluated*</c> is about.</summary>
internal sealed class Seen
{
    private readonly HashSet<string> _properties = [];
    private readonly HashSet<int> _items = [];

    public void Add(string property) => _properties.Add(property);

    public void Add(int item) => _items.Add(item);

    public bool Has(string property) => _properties.Contains(property);

    public bool Has(int item) => _items.Contains(item);

    public void AddAll(Seen other)
    {
        _properties.UnionWith(other._properties);
        _items.UnionWith(other._items);
    }
}
