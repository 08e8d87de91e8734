using System.Globalization;
using AgentOperator.Cli.Linting.Sources;

namespace AgentOperator.Cli.Linting.Schemas;

/// <summary>A structural schema of a CustomResourceDefinition, read from its YAML.</summary>
internal sealed class StructuralSchema(SourceNode source)
{
    private readonly Dictionary<string, StructuralSchema> _children = new(StringComparer.Ordinal);

    public string? Type => source.TextOf("type");

    public string? Format => source.TextOf("format");

    public string? Pattern => source.TextOf("pattern");

    public string? ListType => source.TextOf("x-kubernetes-list-type");

    public bool IsIntOrString => IsTrue("x-kubernetes-int-or-string");

    public bool PreservesUnknown => IsTrue("x-kubernetes-preserve-unknown-fields");

    public bool IsNullable => IsTrue("nullable");

    public IEnumerable<string> Required => Texts("required");

    public IReadOnlyList<string> ListKeys => [.. Texts("x-kubernetes-list-map-keys")];

    public IReadOnlyList<SourceNode>? Enum => source["enum"]?.Items;

    public StructuralSchema? Items => Child("items");

    public StructuralSchema? AdditionalProperties => source["additionalProperties"] is { Kind: SourceKind.Object } ? Child("additionalProperties") : null;

    public IEnumerable<string> PropertyNames => source["properties"]?.Members.Select(static member => member.Name) ?? [];

    public bool HasProperties => source["properties"] is not null;

    public IEnumerable<ValidationRule> Rules => (source["x-kubernetes-validations"]?.Items ?? [])
        .Select(static rule => new ValidationRule(rule.TextOf("rule") ?? "", rule.TextOf("message"), rule.TextOf("messageExpression"), rule.TextOf("fieldPath")));

    public StructuralSchema? Property(string name)
    {
        if (!_children.TryGetValue(name, out StructuralSchema? child) && source["properties"]?[name] is { } found)
        {
            _children[name] = child = new StructuralSchema(found);
        }

        return child;
    }

    public decimal? Bound(string keyword) =>
        source[keyword] is { Kind: SourceKind.Integer or SourceKind.Number } node && decimal.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal bound) ? bound : null;

    // "." is in no name of a property, so that these do not get in each other's way.
    private StructuralSchema? Child(string keyword)
    {
        if (!_children.TryGetValue("." + keyword, out StructuralSchema? child) && source[keyword] is { } found)
        {
            _children["." + keyword] = child = new StructuralSchema(found);
        }

        return child;
    }

    private bool IsTrue(string keyword) => source[keyword] is { Kind: SourceKind.Boolean, Text: "true" };

    private IEnumerable<string> Texts(string keyword) => source[keyword]?.Items.Select(static item => item.Text) ?? [];
}
