namespace AgentOperator.Api.Schema;

/// <summary>Regular expression (RE2) of a string.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Struct)]
public sealed class PatternAttribute(string value) : Attribute
{
    public string Value { get; } = value;
}
