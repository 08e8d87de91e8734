using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>The field that a CEL rule blames exists.</summary>
internal sealed class FieldPathRule : ISchemaRule
{
    public IEnumerable<string> Check(SchemaNode node) =>
        node.Validations.Where(rule => rule.FieldPath is { } path && SchemaPath.Find(node, path) is null)
            .Select(rule => $"CEL rule \"{rule.Rule}\": FieldPath \"{rule.FieldPath}\" leads to no property");
}
