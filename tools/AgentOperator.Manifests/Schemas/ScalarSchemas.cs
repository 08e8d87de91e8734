using System.Text.Json;
using AgentOperator.Kube.Models;

namespace AgentOperator.Manifests.Schemas;

/// <summary>Schemas of the types that are one JSON value.</summary>
internal static class ScalarSchemas
{
    /// <summary>Quantities are short; the bound keeps the estimated cost of rules low.</summary>
    private const int QuantityLength = 64;

    private const string QuantityPattern = @"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$";

    private static readonly Dictionary<Type, SchemaNode> ByType = new()
    {
        [typeof(string)] = new SchemaNode { Type = "string" },
        [typeof(bool)] = new SchemaNode { Type = "boolean" },
        [typeof(int)] = new SchemaNode { Type = "integer", Format = "int32" },
        [typeof(long)] = new SchemaNode { Type = "integer", Format = "int64" },
        [typeof(float)] = new SchemaNode { Type = "number", Format = "float" },
        [typeof(double)] = new SchemaNode { Type = "number", Format = "double" },
        [typeof(decimal)] = new SchemaNode { Type = "number" },
        [typeof(Time)] = new SchemaNode { Name = nameof(Time), Type = "string", Format = "date-time" },
        [typeof(MicroTime)] = new SchemaNode { Name = nameof(Time), Type = "string", Format = "date-time" },
        [typeof(JsonElement)] = new SchemaNode { PreserveUnknownFields = true },
        [typeof(Duration)] = new SchemaNode
        {
            Name = nameof(Duration),
            Type = "string",
            Size = new Range(1, Duration.MaxLength),
            Validations =
            [
                ValidationRule.Matches(
                    Duration.Pattern,
                    "write a duration as 90s, 10m or 1h30m: numbers with the units h, m, s and ms"),
            ],
        },
        [typeof(Quantity)] = new SchemaNode
        {
            Name = nameof(Quantity),
            IntOrString = true,
            Size = new Range(0, QuantityLength),
            Validations =
            [
                new ValidationRule(
                    "type(self) == int || isQuantity(self)",
                    "write a quantity as 500m, 2 or 1.5Gi: a number with an optional unit") { Pattern = QuantityPattern },
            ],
        },
    };

    public static SchemaNode? Find(Type type) => ByType.GetValueOrDefault(type);
}
