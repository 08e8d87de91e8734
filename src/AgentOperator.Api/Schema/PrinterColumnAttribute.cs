namespace AgentOperator.Api.Schema;

/// <summary>A column of <c>kubectl get</c>.</summary>
/// <param name="name">Heading.</param>
/// <param name="type">OpenAPI type: <c>string</c>, <c>integer</c>, <c>boolean</c>, <c>number</c> or <c>date</c>.</param>
/// <param name="jsonPath">Path in the object, <c>.status.phase</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class PrinterColumnAttribute(string name, string type, string jsonPath) : Attribute
{
    public string Name { get; } = name;

    public string Type { get; } = type;

    public string JsonPath { get; } = jsonPath;

    /// <summary>True: only in <c>-o wide</c>.</summary>
    public bool Wide { get; init; }

    public string? Description { get; init; }
}
