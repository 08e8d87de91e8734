using System.Globalization;
using System.Text;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Reference;

/// <summary>One type: its fields and its rules.</summary>
internal static class TypeSection
{
    public static void Append(StringBuilder text, string heading, SchemaNode type)
    {
        text.Append(CultureInfo.InvariantCulture, $"{heading}\n\n{Markdown.Prose(type.Description ?? "")}\n\n");
        text.Append("| Field | Type | Required | Bounds | Description |\n|---|---|---|---|---|\n");
        foreach (SchemaProperty property in type.Properties)
        {
            string[] cells =
            [
                $"`{property.Name}`",
                TypeName.Of(property.Schema),
                property.Required ? "yes" : "",
                BoundsText.Of(property.Schema),
                Markdown.Cell(property.Schema.Description ?? ""),
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        text.Append('\n');
        AppendRules(text, type);
    }

    private static void AppendRules(StringBuilder text, SchemaNode type)
    {
        (string? Field, ValidationRule Rule)[] rules =
        [
            .. (type.Source is { } record ? Constraints.Rules(record) : []).Select(rule => ((string?)null, rule)),
            .. type.Properties.SelectMany(property => Constraints.StatedRules(property.Source).Select(rule => ((string?)property.Name, rule))),
        ];
        if (rules.Length == 0)
        {
            return;
        }

        text.Append("Rules:\n\n");
        foreach ((string? field, ValidationRule rule) in rules)
        {
            string subject = field is null ? "" : $"`{field}`: ";
            // A pattern stands in the table.
            string expression = rule.Pattern is null ? $" — `{rule.Rule}`" : "";
            text.Append(CultureInfo.InvariantCulture, $"- {subject}{Markdown.Prose(rule.Message)}{expression}\n");
        }

        text.Append('\n');
    }
}
