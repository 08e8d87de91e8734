using AgentOperator.Manifests.Kinds;
using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>One thing that a kind must not do.</summary>
internal interface IKindRule
{
    /// <summary>Faults, each without the name of the kind.</summary>
    IEnumerable<string> Check(Kind kind, SchemaNode root);
}
