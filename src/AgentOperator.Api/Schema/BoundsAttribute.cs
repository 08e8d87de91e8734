namespace AgentOperator.Api.Schema;

/// <summary>Bounds of a value: characters of a string, items of a list, entries of a map, or the range of a number. Every string, list and map needs an upper one.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Struct)]
public sealed class BoundsAttribute(long minimum, long maximum) : Attribute
{
    public long Minimum { get; } = minimum;

    public long Maximum { get; } = maximum;
}
