using System.Globalization;
using System.Reflection;
using System.Text;
using AgentOperator.Api.Schema;
using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Reference;

/// <summary>The head of a kind: names, fields, columns.</summary>
internal static class KindSection
{
    public static void Append(StringBuilder text, KindSchema read)
    {
        Type type = read.Kind.Contract.Type;
        TypeSection.Append(text, $"## {read.Kind.Resource.Kind}", read.Root with { Description = $"{read.Root.Description} {Names(read.Kind)}" });
        PrinterColumnAttribute[] columns = [.. type.GetCustomAttributes<PrinterColumnAttribute>()];
        if (columns.Length == 0)
        {
            return;
        }

        text.Append("Columns of `kubectl get`:\n\n| Column | Shows | What it says |\n|---|---|---|\n");
        foreach (PrinterColumnAttribute column in columns)
        {
            string name = column.Wide ? $"{column.Name} (`-o wide`)" : column.Name;
            text.Append(CultureInfo.InvariantCulture, $"| {name} | `{Markdown.Code(column.JsonPath)}` | {Markdown.Cell(column.Description ?? Meaning(read.Root, column))} |\n");
        }

        text.Append('\n');
    }

    private static string Names(Kind kind)
    {
        string[] shortNames = [.. kind.Contract.Type.GetCustomAttribute<ResourceNamesAttribute>()?.ShortNames ?? []];
        string shorter = shortNames.Length == 0 ? "" : $", short {string.Join(", ", shortNames.Select(name => $"`{name}`"))}";
        return $"Served as `{kind.Resource.QualifiedName}`{shorter}.";
    }

    private static string Meaning(SchemaNode root, PrinterColumnAttribute column) => column.JsonPath == ".metadata.creationTimestamp"
        ? "Time since creation"
        : SchemaPath.Find(root, column.JsonPath)?.Description?.TrimEnd('.') ?? "";
}
