using System.Text.Json.Nodes;
using AgentOperator.Local.Dapr.Expressions;

namespace AgentOperator.Local.Tests.Dapr;

public sealed class RuleTests
{
    private const string Event = """{"type":"order.new","source":"shop","data":{"total":12.5,"count":3,"isNew":true,"tags":["a","b"],"note":null,"name":"O'Neill"}}""";

    [Theory]
    [InlineData("event.type == \"order.new\"", true)]
    [InlineData("event.type == 'order.new' && event.data.total >= 12.5", true)]
    [InlineData("event['type'] != \"order.new\"", false)]
    [InlineData("event.data.count > 2 || event.data.nothing == 1", true)]
    [InlineData("event.data.nothing == 1 || event.data.count > 2", true)]
    [InlineData("event.data.nothing == 1 && event.data.count > 5", false)]
    [InlineData("!(event.data.isNew)", false)]
    [InlineData("!event.data.isNew || event.data.isNew == true", true)]
    [InlineData("event.data.count < 3", false)]
    [InlineData("event.data.count <= 3", true)]
    [InlineData("event.data.count == 3.0", true)]
    [InlineData("event.data.total > -1", true)]
    [InlineData("event.data.note == null", true)]
    [InlineData("event.type.startsWith('order.')", true)]
    [InlineData("event.type.endsWith('.old')", false)]
    [InlineData("event.data.name.contains(\"'N\")", true)]
    [InlineData("event.type.matches('^order\\\\.(new|old)$')", true)]
    [InlineData("'b' in event.data.tags", true)]
    [InlineData("event.source in ['market', 'shop']", true)]
    [InlineData("'total' in event.data", true)]
    [InlineData("event.data.tags[1] == 'b'", true)]
    [InlineData("size(event.data.tags) == 2 && event.type.size() == 9", true)]
    [InlineData("has(event.data.total) && !has(event.data.nothing)", true)]
    [InlineData("true", true)]
    public void A_rule_fits_or_not(string rule, bool fits) => Rule.Parse(rule).Matches(JsonNode.Parse(Event)!.AsObject()).ShouldBe(fits);

    [Theory]
    [InlineData("event.data.nothing == 1")]
    [InlineData("event.data.total")]
    [InlineData("event.type > 3")]
    [InlineData("event.data.tags[7] == 'a'")]
    public void A_rule_that_does_not_suit_the_event_is_an_error(string rule) =>
        Should.Throw<ExpressionException>(() => Rule.Parse(rule).Matches(JsonNode.Parse(Event)!.AsObject()));

    [Theory]
    [InlineData("", "too early")]
    [InlineData("event.type ==", "too early")]
    [InlineData("event.type = 'a'", "position 11: '='")]
    [InlineData("type == 'a'", "no variable type")]
    [InlineData("event.type == 'a", "does not end")]
    [InlineData("event.data.count + 1 == 4", "'+' is not supported")]
    [InlineData("event.data.tags.exists(t, t == 'a')", "no variable t")]
    [InlineData("timestamp(event.time) > 1", "function timestamp is not supported")]
    [InlineData("event.type == 'a' ? true : false", "'?' is not supported")]
    [InlineData("event.type == 'a') || (true", ") is not expected")]
    public void What_is_wrong_or_not_there_is_said_with_its_place(string rule, string message) => Should.Throw<ExpressionException>(() => Rule.Parse(rule)).Message.ShouldContain(message);
}
