namespace AgentOperator.Api.Schema;

/// <summary>Regular expression (RE2) of a string.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatternAttribute(string value) : Attribute
{
    public string Value { get; } = value;

    /// <summary>What to write instead, in one line. With it the pattern becomes a CEL rule; a bare <c>pattern</c> is refused with nothing but the expression.</summary>
    public string? Message { get; init; }
}
