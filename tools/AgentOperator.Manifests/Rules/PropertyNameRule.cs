using AgentOperator.Manifests.Schemas;
using AgentOperator.Manifests.Yaml;

namespace AgentOperator.Manifests.Rules;

/// <summary>No property whose name a YAML 1.1 reader takes for a boolean or null when a user writes it without quotes.</summary>
internal sealed class PropertyNameRule : ISchemaRule
{
    public IEnumerable<string> Check(SchemaNode node) =>
        node.Properties.Where(property => YamlWords.IsReserved(property.Name))
            .Select(property => $"property \"{property.Name}\" reads as a boolean or null in YAML 1.1: choose another name");
}
