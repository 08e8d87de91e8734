using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>One thing that a schema must not do.</summary>
internal interface ISchemaRule
{
    /// <summary>Faults of this node alone, each without its path.</summary>
    IEnumerable<string> Check(SchemaNode node);
}
