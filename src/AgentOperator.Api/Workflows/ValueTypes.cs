namespace AgentOperator.Api.Workflows;

/// <summary>Types of params and outputs, named as in JSON Schema.</summary>
public static class ValueTypes
{
    public const string String = "string";
    public const string Integer = "integer";
    public const string Number = "number";
    public const string Boolean = "boolean";
    public const string Object = "object";
    public const string Array = "array";
}
