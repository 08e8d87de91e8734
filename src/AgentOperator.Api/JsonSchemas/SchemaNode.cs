using AgentOperator.Api.JsonSchemas.Keywords;

namespace AgentOperator.Api.JsonSchemas;

/// <summary>One schema object or boolean. Filled after creation, because references may form cycles.</summary>
internal sealed class SchemaNode(string location)
{
    /// <summary>JSON pointer into the schema document.</summary>
    public string Location { get; } = location;

    public IReadOnlyList<Keyword> Keywords { get; set; } = [];
}
