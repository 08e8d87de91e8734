using System.Text.Json;

namespace AgentOperator.Api.JsonSchemas.Keywords;

internal sealed class NothingKeyword : Keyword
{
    public override void Check(JsonElement value, Evaluation run, Seen? seen) => run.Fail("is not allowed here");
}
