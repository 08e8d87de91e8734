using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class NotKeyword(SchemaNode node) : Keyword
{
    public override IEnumerable<SchemaNode> InPlace => [node];

    public override void Check(JsonElement value, Evaluation run, Seen? seen)
    {
        if (run.Try(node, value, seen: null).Count == 0)
        {
            run.Fail($"must not fit the schema under \"not\" ({node.Location})");
        }
    }
}
