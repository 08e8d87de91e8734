using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>All rules over all nodes.</summary>
internal static class SchemaRules
{
    private static readonly IReadOnlyList<ISchemaRule> All =
    [
        new ReadableRule(),
        new BoundedRule(),
        new PropertyNameRule(),
        new NoFloatRule(),
        new NoDefaultRule(),
        new ListMapKeyRule(),
        new CelMessageRule(),
        new FieldPathRule(),
        new OldSelfRule(),
        new ConditionListRule(),
        new PatternRule(),
    ];

    public static IEnumerable<string> Check(string path, SchemaNode node) =>
        All.SelectMany(rule => rule.Check(node)).Select(fault => $"{path}: {fault}")
            .Concat(node.Properties.SelectMany(property => Check($"{path}.{property.Name}", property.Schema)))
            .Concat(node.Items is { } items ? Check($"{path}[]", items) : [])
            .Concat(node.AdditionalProperties is { } values ? Check($"{path}{{}}", values) : []);
}
