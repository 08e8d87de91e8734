using System.Text.Json.Nodes;

namespace AgentOperator.Local.Tests.Dapr;

public sealed class PublishTests
{
    private const string Subscribe = """[{"pubsubname":"bus","topic":"a","route":"/a"},{"pubsubname":"bus","topic":"b/c","route":"/bc"}]""";
    private const string Parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-02";

    [Theory]
    [InlineData("text/plain", "hello", "\"hello\"")]
    [InlineData("application/json", """{"x":[1]}""", """{"x":[1]}""")]
    [InlineData("application/json; charset=utf-8", "17", "17")]
    [InlineData("application/json", "not json", "\"not json\"")]
    [InlineData("foo/bar", """{"x":1}""", """
        "{\u0022x\u0022:1}"
        """)]
    [InlineData("application/vnd.some+json", """{"x":1}""", """{"x":1}""")]
    public async Task Data_arrives_as_its_content_type_says(string contentType, string body, string data)
    {
        await using FakeApp app = await FakeApp.StartAsync(Subscribe);
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        await sidecar.PublishAsync("a", body, contentType);
        FakeApp.Received got = (await app.AtAsync("/a"))[0];
        got.Headers["Content-Type"].ShouldStartWith("application/cloudevents+json");
        got.Json["data"]!.ToJsonString().ShouldBe(data.Trim());
        got.Json["datacontenttype"]!.GetValue<string>().ShouldBe(contentType);
    }

    [Fact]
    public async Task An_envelope_has_all_that_Dapr_writes()
    {
        await using FakeApp app = await FakeApp.StartAsync(Subscribe);
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        using (await sidecar.SendAsync("POST", "/v1.0/publish/bus/a?", "x"))
        {
            JsonNode got = (await app.AtAsync("/a"))[0].Json;
            got["datacontenttype"]!.GetValue<string>().ShouldBe("text/plain");
            Guid.TryParse(got["id"]!.GetValue<string>(), out _).ShouldBeTrue();
            DateTimeOffset.TryParse(got["time"]!.GetValue<string>(), out _).ShouldBeTrue();
            foreach ((string name, string value) in new[] { ("specversion", "1.0"), ("source", "app"), ("type", "com.dapr.event.sent"), ("topic", "a"), ("pubsubname", "bus") })
            {
                got[name]!.GetValue<string>().ShouldBe(value);
            }
        }
    }

    [Fact]
    public async Task A_trace_goes_with_the_message()
    {
        await using FakeApp app = await FakeApp.StartAsync(Subscribe);
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        await sidecar.PublishAsync("a", "1", headers: [("traceparent", Parent), ("tracestate", "k=v")]);
        FakeApp.Received got = (await app.AtAsync("/a"))[0];
        got.Headers["traceparent"].ShouldBe(Parent);
        got.Headers["tracestate"].ShouldBe("k=v");
        got.Json["traceid"]!.GetValue<string>().ShouldBe(Parent);
        await sidecar.PublishAsync("a", "2");
        (await app.AtAsync("/a", 2))[1].Headers["traceparent"].ShouldBe("00-00000000000000000000000000000000-0000000000000000-00");
        await sidecar.PublishAsync("a", """{"id":"x","source":"s","type":"t","specversion":"1.0","traceparent":17,"data":1}""", "application/cloudevents+json");
        (await app.AtAsync("/a", 3))[2].Json["traceparent"]!.GetValue<int>().ShouldBe(17);
    }

    [Fact]
    public async Task An_event_of_its_own_is_completed_and_keeps_the_rest()
    {
        await using FakeApp app = await FakeApp.StartAsync(Subscribe);
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        await sidecar.PublishAsync("b/c", """{"id":"my-id","type":"mine","topic":"lie","custom":{"a":1},"data":{"x":1}}""", "application/cloudevents+json");
        JsonNode got = (await app.AtAsync("/bc"))[0].Json;
        (got["id"]!.GetValue<string>(), got["type"]!.GetValue<string>(), got["topic"]!.GetValue<string>(), got["source"]!.GetValue<string>()).ShouldBe(("my-id", "mine", "b/c", "Dapr"));
        got["custom"]!["a"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Attributes_can_be_overridden_and_binary_data_is_base64()
    {
        await using FakeApp app = await FakeApp.StartAsync(Subscribe);
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        await sidecar.PublishAsync("a", "bytes", "application/octet-stream", "?metadata.cloudevent.id=7&metadata.cloudevent.type=order&metadata.cloudevent.source=shop&metadata.cloudevent.subject=s");
        FakeApp.Received got = (await app.AtAsync("/a"))[0];
        got.Base64.ShouldBe("bytes");
        got.Json["data"].ShouldBeNull();
        foreach ((string name, string value) in new[] { ("id", "7"), ("type", "order"), ("source", "shop"), ("subject", "s") })
        {
            got.Json[name]!.GetValue<string>().ShouldBe(value);
        }
    }

    [Fact]
    public async Task What_cannot_be_published_is_refused()
    {
        TestResources resources = new TestResources().Component("bus", "pubsub.in-memory", ("publishingScopes", "app=mine;other=a"), ("protectedTopics", "secret"));
        await using TestSidecar sidecar = await TestSidecar.StartAsync(resources);
        (await sidecar.RefusedAsync("POST", "/v1.0/publish/none/a", "1")).ShouldBe((404, "ERR_PUBSUB_NOT_FOUND"));
        (await sidecar.RefusedAsync("POST", "/v1.0/publish/bus", "1")).ShouldBe((404, "ERR_TOPIC_NAME_EMPTY"));
        (await sidecar.RefusedAsync("POST", "/v1.0/publish/bus/a", "1")).ShouldBe((403, "ERR_PUBSUB_FORBIDDEN"));
        (await sidecar.RefusedAsync("POST", "/v1.0/publish/bus/mine?metadata.rawPayload=maybe", "1")).ShouldBe((400, "ERR_PUBSUB_REQUEST_METADATA"));
        (await sidecar.RefusedAsync("POST", "/v1.0/publish/bus/mine", "nothing", "application/cloudevents+json")).ShouldBe((500, "ERR_PUBSUB_CLOUD_EVENTS_SER"));
        await sidecar.OkAsync("POST", "/v1.0/publish/bus/mine", "1");
        await using TestSidecar third = await TestSidecar.StartAsync(resources, "third");
        (await third.RefusedAsync("POST", "/v1.0/publish/bus/secret", "1")).ShouldBe((403, "ERR_PUBSUB_FORBIDDEN"));
        await third.OkAsync("POST", "/v1.0/publish/bus/open", "1");
        await using TestSidecar without = await TestSidecar.StartAsync(new TestResources());
        (await without.RefusedAsync("POST", "/v1.0/publish/bus/a", "1")).ShouldBe((400, "ERR_PUBSUB_NOT_CONFIGURED"));
    }

    [Theory]
    [InlineData("/v1.0/publish/bulk/bus/a")]
    [InlineData("/v1.0-alpha1/publish/bulk/bus/a?")]
    public async Task Many_are_published_at_once(string path)
    {
        await using FakeApp app = await FakeApp.StartAsync(Subscribe);
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        await sidecar.OkAsync("POST", path, """[{"entryID":"1","event":"text","contentType":"text/plain"},{"entryId":"2","event":{"x":1},"contentType":"application/json"},{"entryId":"3","event":"Ynl0ZXM=","contentType":"application/octet-stream"}]""");
        IReadOnlyList<FakeApp.Received> got = await app.AtAsync("/a", 3);
        got.Select(static one => (one.Json["data"] ?? one.Json["data_base64"])!.ToJsonString()).Order(StringComparer.Ordinal).ShouldBe(["\"Ynl0ZXM=\"", "\"text\"", """{"x":1}"""]);
    }

    [Theory]
    [InlineData("""[{"entryId":"1","event":"a","contentType":"text/plain"},{"entryId":"1","event":"b","contentType":"text/plain"}]""")]
    [InlineData("""[{"event":"a","contentType":"text/plain"}]""")]
    [InlineData("""[{"entryId":"1","event":"!","contentType":"application/octet-stream"}]""")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task Many_that_cannot_be_told_apart_or_read_are_refused_together(string body)
    {
        await using FakeApp app = await FakeApp.StartAsync(Subscribe);
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        (await sidecar.RefusedAsync("POST", "/v1.0/publish/bulk/bus/a", body)).ShouldBe((400, "ERR_PUBSUB_EVENTS_SER"));
        await sidecar.PublishAsync("b/c", "1");
        await app.AtAsync("/bc");
        app.All.ShouldAllBe(static received => received.Path == "/bc");
    }
}
