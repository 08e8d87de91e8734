namespace AgentOperator.Api.Schema;

/// <summary>A validation rule in CEL (<c>x-kubernetes-validations</c>) on a property, or on every use of a type.</summary>
/// <param name="rule">True when the value is good; <c>self</c> is the value.</param>
/// <param name="message">One line that says what to do.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Struct, AllowMultiple = true)]
public sealed class CelRuleAttribute(string rule, string message) : Attribute
{
    public string Rule { get; } = rule;

    public string Message { get; } = message;

    /// <summary>CEL that makes the message from the value; <see cref="Message"/> is used when it fails.</summary>
    public string? MessageExpression { get; init; }

    /// <summary>Relative path of the field at fault, <c>.name</c>.</summary>
    public string? FieldPath { get; init; }
}
