using System.Text;
using System.Text.Json;
using AgentOperator.Workflows.Triggers.Events;
using AgentOperator.Workflows.Triggers.Webhooks;

namespace AgentOperator.Tests.Workflows.Triggers;

public sealed class EventBodyTests
{
    [Theory]
    [InlineData("""{"a":"\ud83d\ude00","b":[1,null,{"a":2}]}""")]
    [InlineData("null")]
    public void What_can_be_kept_is_taken_as_it_is(string text) =>
        JsonElement.DeepEquals(JsonElement.Parse(EventBody.Parse(Encoding.UTF8.GetBytes(text))?.ToJsonString() ?? "null"), JsonElement.Parse(text)).ShouldBeTrue();

    /// <summary>Each is JSON by its grammar, and would fail later, where nobody can answer the sender any more.</summary>
    [Theory]
    [InlineData("""{"ref":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""{"ref":"a","ref":"b"}""")]
    [InlineData("""{"deep":[{"ref":"a","ref":"b"}]}""")]
    [InlineData("{")]
    public void What_readers_would_fall_over_is_refused_at_the_door(string text) => Should.Throw<JsonException>(() => EventBody.Parse(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("""{"ref":"\ud800"}""", "surrogate")]
    [InlineData("""{"ref":"a","ref":"b"}""", "uplicate")]
    [InlineData("{", "byte 1 of line 1")]
    public void Who_sent_it_is_told_why(string text, string why) =>
        WebhookEvent.ProblemOf(Should.Throw<JsonException>(() => EventBody.Parse(Encoding.UTF8.GetBytes(text)))).ShouldContain(why);
}
