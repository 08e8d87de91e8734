using System.Globalization;
using AgentOperator.Manifests.Schemas;
using Range = AgentOperator.Manifests.Schemas.Range;

namespace AgentOperator.Manifests.Reference;

/// <summary>Bounds in words.</summary>
internal static class BoundsText
{
    public static string Of(SchemaNode node) => string.Join("; ", Parts(node));

    private static IEnumerable<string> Parts(SchemaNode node)
    {
        if (node.Enum.Count > 0)
        {
            yield return string.Join(", ", node.Enum.Select(value => $"`{value}`"));
        }

        // A named scalar is explained under Formats.
        if (node.Size is { } size && (node.Name is null || node.Type == "array"))
        {
            yield return $"{Interval(size)} {Unit(node)}";
        }

        if (node.Value is { } range)
        {
            yield return Interval(range);
        }

        if ((node.Pattern ?? (node.Name is null ? node.Validations.FirstOrDefault(rule => rule.Pattern is not null)?.Pattern : null)) is { } pattern)
        {
            yield return $"`{Markdown.Code(pattern)}`";
        }

        if ((node.Items ?? node.AdditionalProperties) is { Properties.Count: 0 } each && Of(each) is { Length: > 0 } inner)
        {
            yield return $"each {inner}";
        }
    }

    private static string Unit(SchemaNode node) => node switch
    {
        { Type: "array" } => "items",
        { AdditionalProperties: not null } => "entries",
        _ => "characters",
    };

    private static string Interval(Range range) => range switch
    {
        { Maximum: long.MaxValue } => $"at least {Number(range.Minimum)}",
        { Minimum: 0 } => $"0–{Number(range.Maximum)}",
        _ => $"{Number(range.Minimum)}–{Number(range.Maximum)}",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
