namespace AgentOperator.Api.Schema;

/// <summary>A list whose items are keyed by one property (<c>x-kubernetes-list-type: map</c>): server-side apply merges it by key and duplicates are refused.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ListMapAttribute(string key) : Attribute
{
    public string Key { get; } = key;
}
