using System.Text;
using AgentOperator.AgentRuntime.Dapr;

namespace AgentOperator.AgentRuntime.Tests.Dapr;

public sealed class CloudEventTests
{
    [Theory]
    [InlineData("""{"data":{"x":1},"datacontenttype":"application/json; charset=utf-8"}""", "application/json", """{"x":1}""")]
    [InlineData("""{"data":"text","datacontenttype":"text/plain"}""", "text/plain", "text")]
    [InlineData("""{"data":"text"}""", "application/json", "\"text\"")]
    [InlineData("""{"data_base64":"Ynl0ZXM=","datacontenttype":"application/octet-stream"}""", "application/octet-stream", "bytes")]
    [InlineData("""{"data":{"x":1},"datacontenttype":"foo/bar"}""", "foo/bar", """{"x":1}""")]
    [InlineData("{}", "application/json", "")]
    public void Data_are_unwrapped_as_their_type_says(string body, string type, string data)
    {
        CloudEvent read = CloudEvent.Parse(Encoding.UTF8.GetBytes(body), "application/cloudevents+json; charset=utf-8");
        (read.DataContentType, Encoding.UTF8.GetString(read.Data.Span)).ShouldBe((type, data));
    }

    [Theory]
    [InlineData("""{"data":1,"data_base64":"YQ=="}""", "application/cloudevents+json")]
    [InlineData("{}", "application/json")]
    [InlineData("{}", null)]
    [InlineData("[]", "application/cloudevents+json")]
    [InlineData("", "application/cloudevents+json")]
    public void What_is_no_event_is_refused(string body, string? contentType) => Should.Throw<FormatException>(() => CloudEvent.Parse(Encoding.UTF8.GetBytes(body), contentType));

    [Fact]
    public void A_subscription_has_a_route_or_routes()
    {
        TopicSubscription[] all =
        [
            new() { PubSubName = "bus", Topic = "a", Route = "/a" },
            new() { PubSubName = "bus", Topic = "b", Routes = new TopicRoutes { Rules = [new TopicRule { Match = "event.type == 'x'", Path = "/x" }], Default = "/b" }, DeadLetterTopic = "dead" },
        ];
        Encoding.UTF8.GetString(Deliveries.Subscriptions(all)).Replace("\\u0027", "'", StringComparison.Ordinal).ShouldBe(
            """[{"pubsubname":"bus","topic":"a","route":"/a"},{"pubsubname":"bus","topic":"b","routes":{"rules":[{"match":"event.type == 'x'","path":"/x"}],"default":"/b"},"deadLetterTopic":"dead"}]""");
    }

    [Theory]
    [InlineData(null, null, null, "http://127.0.0.1:3500/")]
    [InlineData(null, "3600", null, "http://127.0.0.1:3600/")]
    [InlineData("http://127.5.0.1:3500", "3600", "5", "http://127.5.0.1:3500/")]
    public void The_sidecar_is_found_by_the_variables(string? endpoint, string? port, string? timeout, string expected)
    {
        DaprOptions options = DaprOptions.FromEnvironment(name => name switch { "DAPR_HTTP_ENDPOINT" => endpoint, "DAPR_HTTP_PORT" => port, "DAPR_HEALTH_TIMEOUT" => timeout, _ => null });
        options.Endpoint.ToString().ShouldBe(expected);
        options.HealthTimeout.ShouldBe(TimeSpan.FromSeconds(timeout is null ? 60 : 5));
    }

    [Theory]
    [InlineData("DAPR_HTTP_ENDPOINT", "sidecar:3500")]
    [InlineData("DAPR_HEALTH_TIMEOUT", "soon")]
    public void A_wrong_variable_is_named(string variable, string value) =>
        Should.Throw<FormatException>(() => DaprOptions.FromEnvironment(name => name == variable ? value : null)).Message.ShouldContain(variable);
}
