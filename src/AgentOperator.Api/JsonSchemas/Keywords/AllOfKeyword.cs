using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class AllOfKeyword(IReadOnlyList<SchemaNode> nodes) : Keyword
{
    public override IEnumerable<SchemaNode> InPlace => nodes;

    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        foreach (SchemaNode node in nodes)
        {
            run.Apply(node, value, seen);
        }
    }
}
