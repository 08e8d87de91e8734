using AgentOperator.Manifests.Schemas;

namespace AgentOperator.Manifests.Rules;

/// <summary>No floating point: it does not survive a round trip through every client, and would change digests.</summary>
internal sealed class NoFloatRule : ISchemaRule
{
    public IEnumerable<string> Check(SchemaNode node) =>
        node.Type == "number" ? ["floating point is not allowed: use an integer with the unit in its name, or a Quantity"] : [];
}
