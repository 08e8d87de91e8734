using System.Reflection;
using AgentOperator.Api.Schema;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>A column shows a scalar that exists, as what it is: a wrong path is an empty column for ever.</summary>
internal sealed class PrinterColumnRule : IKindRule
{
    private static readonly string[] Types = ["string", "integer", "number", "boolean", "date"];

    public IEnumerable<string> Check(Kind kind, SchemaNode root)
    {
        PrinterColumnAttribute[] columns = [.. kind.Contract.Type.GetCustomAttributes<PrinterColumnAttribute>()];
        IEnumerable<string> repeated = columns.CountBy(column => column.Name).Where(name => name.Value > 1).Select(name => $"column {name.Key} is declared twice");
        return [.. repeated, .. columns.Select(column => Fault(column, SchemaPath.Find(root, column.JsonPath))).OfType<string>()];
    }

    private static string? Fault(PrinterColumnAttribute column, SchemaNode? node) => node switch
    {
        _ when !Types.Contains(column.Type) => $"column {column.Name} has type \"{column.Type}\": use one of {string.Join(", ", Types)}",
        null => $"column {column.Name}: {column.JsonPath} leads to no property",
        { Type: "object" or "array" } => $"column {column.Name}: {column.JsonPath} is no scalar",
        { PreserveUnknownFields: true } or { IntOrString: true } => null,
        _ when Expected(node) != column.Type => $"column {column.Name} has type \"{column.Type}\", but {column.JsonPath} is \"{Expected(node)}\"",
        _ => null,
    };

    private static string? Expected(SchemaNode node) => node.Format == "date-time" ? "date" : node.Type;
}
