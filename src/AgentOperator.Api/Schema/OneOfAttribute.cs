namespace AgentOperator.Api.Schema;

/// <summary>The values that a string, or each string of a list, may have.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] values) : Attribute
{
    public IReadOnlyList<string> Values { get; } = values;
}
