using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class IfKeyword(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : Keyword
{
    public override IEnumerable<SchemaNode> InPlace => new[] { condition, then, otherwise }.OfType<SchemaNode>();

    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if ((run.Try(condition, value, seen).Count == 0 ? then : otherwise) is { } node)
        {
            run.Apply(node, value, seen);
        }
    }
}
