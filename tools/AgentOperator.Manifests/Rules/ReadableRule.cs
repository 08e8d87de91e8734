using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>The reader could map the type and every attribute.</summary>
internal sealed class ReadableRule : ISchemaRule
{
    public IEnumerable<string> Check(SchemaNode node) => node.Faults;
}
