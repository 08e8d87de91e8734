using AgentOperator.Kube.Models;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>Conditions are keyed by type, so that several writers can each own theirs.</summary>
internal sealed class ConditionListRule : ISchemaRule
{
    public IEnumerable<string> Check(SchemaNode node) =>
        node is { Items.Name: nameof(Condition), ListMapKey: not "type" } ? ["a list of conditions needs [ListMap(\"type\")]"] : [];
}
