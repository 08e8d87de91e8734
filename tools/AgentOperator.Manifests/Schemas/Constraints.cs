using System.Reflection;
using AgentOperator.Api.Schema;

namespace AgentOperator.Manifests.Schemas;

/// <summary>Lays the schema attributes of a property over the schema of its type.</summary>
internal static class Constraints
{
    public static SchemaNode Apply(SchemaNode node, PropertyInfo property) =>
        property.GetCustomAttributes().Aggregate(node, Apply) with
        {
            Validations = [.. node.Validations, .. PatternRules(property), .. Rules(property).Select(rule => rule.Given(Format(node)))],
        };

    public static IReadOnlyList<ValidationRule> Rules(MemberInfo member) =>
    [
        .. member.GetCustomAttributes<CelRuleAttribute>(inherit: false)
            .Select(rule => new ValidationRule(rule.Rule, rule.Message, rule.MessageExpression, rule.FieldPath)),
    ];

    /// <summary>The rules that a property itself states, in the order in which they are checked.</summary>
    public static IReadOnlyList<ValidationRule> StatedRules(PropertyInfo property) => [.. PatternRules(property), .. Rules(property)];

    /// <summary>What makes a value of a scalar type well-formed; a record's own rules say nothing of the kind.</summary>
    private static IReadOnlyList<ValidationRule> Format(SchemaNode node) => node.Source is null ? node.Validations : [];

    private static IEnumerable<ValidationRule> PatternRules(PropertyInfo property) =>
        property.GetCustomAttribute<PatternAttribute>() is { Message: { } message } pattern
            ? [ValidationRule.Matches(pattern.Value, message)]
            : [];

    private static SchemaNode Apply(SchemaNode node, Attribute attribute) => attribute switch
    {
        BoundsAttribute bounds => Bound(node, new Range(bounds.Minimum, bounds.Maximum)),
        ItemBoundsAttribute bounds => BoundItems(node, new Range(bounds.Minimum, bounds.Maximum)),
        PatternAttribute when node.Type != "string" => Misplaced(node, "Pattern", "a string"),
        PatternAttribute { Message: null } pattern => node with { Pattern = pattern.Value },
        OneOfAttribute values when node.Items is { Type: "string" } items => node with { Items = items with { Enum = values.Values } },
        OneOfAttribute when node.Type != "string" => Misplaced(node, "OneOf", "a string, or a list of strings"),
        OneOfAttribute values => node with { Enum = values.Values },
        ListMapAttribute when node.Type != "array" => Misplaced(node, "ListMap", "a list"),
        AtomicListAttribute when node.Type != "array" => Misplaced(node, "AtomicList", "a list"),
        ListMapAttribute list => node with { ListType = "map", ListMapKey = list.Key },
        AtomicListAttribute => node with { ListType = "atomic" },
        _ => node,
    };

    private static SchemaNode Bound(SchemaNode node, Range range) => node switch
    {
        { Type: "string" or "array" } or { AdditionalProperties: not null } => node with { Size = range },
        { Type: "integer" } => node with { Value = range },
        _ => Misplaced(node, "Bounds", "a string, list, map or integer"),
    };

    private static SchemaNode BoundItems(SchemaNode node, Range range) => node switch
    {
        { Items: { } items } => node with { Items = Bound(items, range) },
        { AdditionalProperties: { } values } => node with { AdditionalProperties = Bound(values, range) },
        _ => Misplaced(node, "ItemBounds", "a list or map"),
    };

    private static SchemaNode Misplaced(SchemaNode node, string attribute, string place) =>
        node with { Faults = [.. node.Faults, $"[{attribute}] belongs on {place}"] };
}
