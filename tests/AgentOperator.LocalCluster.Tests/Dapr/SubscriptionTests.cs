using System.Text;
using System.Text.Json.Nodes;
using AgentOperator.Local.Dapr;
using AgentOperator.Local.Dapr.Resources;
using AgentOperator.Local.Dapr.Subscriptions;
using AgentOperator.Local.Tests.Cluster;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Local.Tests.Dapr;

public sealed class SubscriptionTests
{
    private const string WithDeadLetters = """[{"pubsubname":"bus","topic":"a","route":"/a","deadLetterTopic":"dead"},{"pubsubname":"bus","topic":"dead","route":"/dead"}]""";

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "not json")]
    [InlineData(200, """{"status":"SUCCESS"}""")]
    [InlineData(201, """{"status":17}""")]
    public async Task What_the_app_takes_does_not_come_again(int status, string answer)
    {
        await using FakeApp app = await FakeApp.StartAsync(WithDeadLetters, (http, _) => AnswerAsync(http, status, answer));
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        await sidecar.PublishAsync("a", "1");
        await app.AtAsync("/a");

        // What would have gone there before would have come before.
        await sidecar.PublishAsync("dead", "2");
        (await app.AtAsync("/dead"))[0].Json["data"]!.GetValue<int>().ShouldBe(2);
        app.All.Count(static received => received.Path == "/a").ShouldBe(1);
    }

    [Theory]
    [InlineData(503, "")]
    [InlineData(404, "")]
    [InlineData(200, """{"status":"DROP"}""")]
    [InlineData(200, """{"status":"RETRY"}""")]
    [InlineData(200, """{"status":"LATER"}""")]
    public async Task What_the_app_does_not_take_goes_to_the_dead_letter_topic_as_it_was(int status, string answer)
    {
        await using FakeApp app = await FakeApp.StartAsync(WithDeadLetters, (http, _) => http.Request.Path == "/a" ? AnswerAsync(http, status, answer) : Task.CompletedTask);
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        await sidecar.PublishAsync("a", """{"x":1}""");
        FakeApp.Received dead = (await app.AtAsync("/dead"))[0];
        dead.Json["topic"]!.GetValue<string>().ShouldBe("a");
        dead.Json["data"]!["x"]!.GetValue<int>().ShouldBe(1);
        dead.Json["id"]!.GetValue<string>().ShouldBe(app.All[0].Json["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_a_dead_letter_topic_it_comes_again_until_it_is_taken()
    {
        int calls = 0;
        await using FakeApp app = await FakeApp.StartAsync("""[{"pubsubname":"bus","topic":"a","route":"/a"}]""", (http, _) => AnswerAsync(http, Interlocked.Increment(ref calls) < 4 ? 500 : 200, ""));
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        await sidecar.PublishAsync("a", "1");
        IReadOnlyList<FakeApp.Received> got = await app.AtAsync("/a", 4);
        got.Select(static one => one.Json["id"]!.GetValue<string>()).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_resiliencys_inbound_policy_repeats_before_the_dead_letter_topic()
    {
        TestResources resources = TestResources.Usual().Resiliency(new ResiliencySpec
        {
            Policies = new ResiliencyPolicies { Retries = new Dictionary<string, RetrySpec> { ["thrice"] = new() { Policy = "constant", Duration = "10ms", MaxRetries = 2 } } },
            Targets = new ResiliencyTargets { Components = new Dictionary<string, ComponentTarget> { ["bus"] = new() { Inbound = new TargetPolicies { Retry = "thrice" } } } },
        });
        await using FakeApp app = await FakeApp.StartAsync(WithDeadLetters, static (http, _) => http.Request.Path == "/a" ? AnswerAsync(http, 500, "") : Task.CompletedTask);
        await using TestSidecar sidecar = await TestSidecar.StartAsync(resources, app: app);
        await sidecar.PublishAsync("a", "1");
        await app.AtAsync("/dead");
        app.All.Count(static received => received.Path == "/a").ShouldBe(3);
    }

    [Fact]
    public async Task The_first_rule_that_fits_says_the_path()
    {
        const string Routes = """
            [{"pubsubname":"bus","topic":"a","routes":{"rules":[{"match":"event.type == \"order\" && event.data.total > 100","path":"/large"},{"match":"event.type == 'order'","path":"/order"}],"default":"/other"}},
             {"pubsubname":"bus","topic":"only","routes":{"rules":[{"match":"event.type == 'order'","path":"/only"}]},"deadLetterTopic":"unrouted"},
             {"pubsubname":"bus","topic":"unrouted","route":"/unrouted"},
             {"pubsubname":"bus","topic":"x"}]
            """;
        await using FakeApp app = await FakeApp.StartAsync(Routes);
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        await sidecar.PublishAsync("a", """{"total":101}""", query: "?metadata.cloudevent.type=order");
        await app.AtAsync("/large");
        await sidecar.PublishAsync("a", """{"total":100}""", query: "?metadata.cloudevent.type=order");
        await app.AtAsync("/order");
        await sidecar.PublishAsync("a", "{}");
        await app.AtAsync("/other");
        await sidecar.PublishAsync("only", "{}");
        (await app.AtAsync("/unrouted"))[0].Json["topic"]!.GetValue<string>().ShouldBe("only");
        JsonArray told = JsonNode.Parse((await sidecar.AskAsync("GET", "/v1.0/metadata")).Body)!["subscriptions"]!.AsArray();
        told.Select(static one => one!["topic"]!.GetValue<string>()).ShouldBe(["a", "only", "unrouted"]);
        told[0]!["rules"]![0]!["match"]!.GetValue<string>().ShouldContain("total");
        told[0]!["type"]!.GetValue<string>().ShouldBe("PROGRAMMATIC");
    }

    [Fact]
    public async Task A_rule_that_is_not_supported_leaves_its_subscription_out_and_the_log_says_why()
    {
        TestResources resources = TestResources.Usual().Subscription("odd", new SubscribeEntry
        {
            PubSubName = "bus",
            Topic = "a",
            Routes = new SubscribeRoutes { Rules = [new SubscribeRule { Match = "event.data.all(x, x > 1)", Path = "/a" }] },
        });
        await using FakeApp app = await FakeApp.StartAsync();
        List<string> log = [];
        await using Local.Dapr.Sidecars.Sidecar sidecar = await Local.Dapr.Sidecars.Sidecar.StartAsync(
            new() { AppId = "app", Namespace = "default", HttpPort = 0, PublicPort = 0, AppPort = app.Port }, TestSidecar.NewMesh(), resources, null, log.Add, TestContext.Current.CancellationToken);
        await Until.Async(() => Task.FromResult(sidecar.IsReady), static ready => ready, 60);
        log.ShouldContain(static line => line.Contains("topic a", StringComparison.Ordinal) && line.Contains("variable x", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Raw_payloads_in_all_directions(bool publishesRaw, bool subscribesRaw)
    {
        const string Event = """{"id":"7","source":"s","type":"t","specversion":"1.0","data":"d"}""";
        await using FakeApp app = await FakeApp.StartAsync(
            """[{"pubsubname":"bus","topic":"a","route":"/a","metadata":{"rawPayload":"RAW"}}]""".Replace("RAW", subscribesRaw ? "true" : "false", StringComparison.Ordinal));
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        await sidecar.PublishAsync("a", Event, "application/cloudevents+json", publishesRaw ? "?metadata.rawPayload=true" : "");
        FakeApp.Received got = (await app.AtAsync("/a"))[0];
        if (subscribesRaw)
        {
            got.Json["datacontenttype"]!.GetValue<string>().ShouldBe("application/octet-stream");
            JsonNode inner = JsonNode.Parse(got.Base64)!;
            inner["id"]!.GetValue<string>().ShouldBe("7");
            (inner["topic"] is null).ShouldBe(publishesRaw);
        }
        else
        {
            (got.Json["id"]!.GetValue<string>(), got.Json["data"]!.GetValue<string>()).ShouldBe(("7", "d"));
        }
    }

    [Fact]
    public async Task Many_come_together_and_those_that_are_not_named_come_again()
    {
        int calls = 0;
        await using FakeApp app = await FakeApp.StartAsync(
            """[{"pubsubname":"bus","topic":"a","route":"/a","bulkSubscribe":{"enabled":true,"maxMessagesCount":3,"maxAwaitDurationMs":60000}}]""",
            (http, body) =>
            {
                JsonArray entries = JsonNode.Parse(body)!["entries"]!.AsArray();
                IEnumerable<JsonNode?> named = Interlocked.Increment(ref calls) == 1 ? entries.Skip(1) : entries;
                return AnswerAsync(http, 200, new JsonObject { ["statuses"] = new JsonArray([.. named.Select(static entry => new JsonObject { ["entryId"] = entry!["entryId"]!.GetValue<string>(), ["status"] = "SUCCESS" })]) }.ToJsonString());
            });
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        for (int i = 1; i <= 3; i++)
        {
            await sidecar.PublishAsync("a", $"{i}");
        }

        FakeApp.Received first = (await app.AtAsync("/a"))[0];
        first.Json["entries"]!.AsArray().Select(static entry => entry!["event"]!["data"]!.GetValue<int>()).ShouldBe([1, 2, 3]);
        (first.Json["topic"]!.GetValue<string>(), first.Json["pubsubname"]!.GetValue<string>(), first.Json["type"]!.GetValue<string>()).ShouldBe(("a", "bus", "com.dapr.event.sent.bulk"));
        await sidecar.PublishAsync("a", "4");
        await sidecar.PublishAsync("a", "5");
        (await app.AtAsync("/a", 2))[1].Json["entries"]!.AsArray().Select(static entry => entry!["event"]!["data"]!.GetValue<int>()).Order().ShouldBe([1, 4, 5]);
    }

    [Fact]
    public async Task Subscriptions_of_the_namespace_are_followed_by_the_apps_they_are_for_and_changes_too()
    {
        DaprMesh mesh = TestSidecar.NewMesh();
        TestResources resources = TestResources.Usual()
            .Subscription("mine", new SubscribeEntry { PubSubName = "bus", Topic = "a", Routes = new SubscribeRoutes { Default = "/a" } }, "app")
            .Subscription("theirs", new SubscribeEntry { PubSubName = "bus", Topic = "b", Routes = new SubscribeRoutes { Default = "/b" } }, "other");
        await using FakeApp app = await FakeApp.StartAsync();
        await using TestSidecar sidecar = await TestSidecar.StartAsync(resources, "app", mesh, app);
        JsonNode told = JsonNode.Parse((await sidecar.AskAsync("GET", "/v1.0/metadata")).Body)!["subscriptions"]!.AsArray().Single()!;
        (told["topic"]!.GetValue<string>(), told["type"]!.GetValue<string>()).ShouldBe(("a", "DECLARATIVE"));
        resources.Component("late", "pubsub.in-memory").Subscription("late", new SubscribeEntry { PubSubName = "late", Topic = "c", Routes = new SubscribeRoutes { Default = "/c" } });
        await Until.Async(() => sidecar.AskAsync("GET", "/v1.0/metadata"), static answer => answer.Body.Contains("\"topic\":\"c\"", StringComparison.Ordinal), 60);
        await sidecar.OkAsync("POST", "/v1.0/publish/late/c", "1");
        await app.AtAsync("/c");
    }

    [Fact]
    public async Task Instances_of_one_app_share_messages_and_other_apps_get_their_own()
    {
        DaprMesh mesh = TestSidecar.NewMesh();
        const string Subscribe = """[{"pubsubname":"bus","topic":"a","route":"/a"}]""";
        await using FakeApp one = await FakeApp.StartAsync(Subscribe);
        await using FakeApp two = await FakeApp.StartAsync(Subscribe);
        await using FakeApp other = await FakeApp.StartAsync(Subscribe);
        await using TestSidecar first = await TestSidecar.StartAsync(TestResources.Usual(), "app", mesh, one);
        await using TestSidecar second = await TestSidecar.StartAsync(TestResources.Usual(), "app", mesh, two);
        await using TestSidecar third = await TestSidecar.StartAsync(TestResources.Usual(), "other", mesh, other);
        for (int i = 0; i < 20; i++)
        {
            await third.PublishAsync("a", $"{i}");
        }

        await other.AtAsync("/a", 20);
        IReadOnlyList<FakeApp.Received> shared = await Until.Async(() => Task.FromResult<IReadOnlyList<FakeApp.Received>>([.. one.All, .. two.All]), static all => all.Count >= 20, 60);
        shared.Select(static received => received.Json["data"]!.GetValue<int>()).Order().ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public async Task Messages_wait_for_an_app_that_restarts()
    {
        DaprMesh mesh = TestSidecar.NewMesh();
        const string Subscribe = """[{"pubsubname":"bus","topic":"a","route":"/a"}]""";
        await using FakeApp app = await FakeApp.StartAsync(Subscribe);
        await using (await TestSidecar.StartAsync(TestResources.Usual(), "app", mesh, app))
        {
            // Subscribed once.
        }

        await using TestSidecar publisher = await TestSidecar.StartAsync(TestResources.Usual(), "publisher", mesh);
        await publisher.PublishAsync("a", "1");
        await using TestSidecar again = await TestSidecar.StartAsync(TestResources.Usual(), "app", mesh, app);
        await app.AtAsync("/a");
    }

    [Fact]
    public async Task The_app_is_shown_its_token_and_is_asked_only_what_it_may_subscribe_to()
    {
        TestResources resources = new TestResources().Component("bus", "pubsub.in-memory", ("subscriptionScopes", "app=a"));
        await using FakeApp app = await FakeApp.StartAsync("""[{"pubsubname":"bus","topic":"a","route":"/a"},{"pubsubname":"bus","topic":"b","route":"/b"},{"pubsubname":"none","topic":"a","route":"/c"}]""");
        await using TestSidecar sidecar = await TestSidecar.StartAsync(resources, app: app, configure: static options => options with { AppToken = "of-the-app" });
        JsonNode.Parse((await sidecar.AskAsync("GET", "/v1.0/metadata")).Body)!["subscriptions"]!.AsArray().Count.ShouldBe(1);
        await sidecar.PublishAsync("a", "1");
        (await app.AtAsync("/a"))[0].Headers["dapr-api-token"].ShouldBe("of-the-app");
    }

    [Fact]
    public async Task An_expired_message_is_not_delivered()
    {
        // Raw, the dead letter is not looked into, and arrives.
        await using FakeApp app = await FakeApp.StartAsync("""[{"pubsubname":"bus","topic":"a","route":"/a","deadLetterTopic":"dead"},{"pubsubname":"bus","topic":"dead","route":"/dead","metadata":{"rawPayload":"true"}}]""");
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), app: app);
        await sidecar.PublishAsync("a", """{"id":"1","source":"s","type":"t","specversion":"1.0","expiration":"2001-01-01T00:00:00Z","data":1}""", "application/cloudevents+json");
        await app.AtAsync("/dead");
        app.All.ShouldNotContain(static received => received.Path == "/a");
    }

    private static Task AnswerAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body)).AsTask();
    }
}
