namespace AgentOperator.Api.Schema;

/// <summary>Bounds of the items of a list or of the values of a map: characters of strings, range of numbers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemBoundsAttribute(long minimum, long maximum) : Attribute
{
    public long Minimum { get; } = minimum;

    public long Maximum { get; } = maximum;
}
