using System.Text.Json.Nodes;
using AgentOperator.Local.Dapr;

namespace AgentOperator.Local.Tests.Dapr;

public sealed class StateTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("foobar")]
    [InlineData("[{}]")]
    [InlineData("[null]")]
    [InlineData("""[{"key":"ke||y1","value":"x"}]""")]
    [InlineData("""[{"key":"key1","value":"x"},]""")]
    [InlineData("""[{"key":"key1","value":"x",}]""")]
    [InlineData("""[{"key":"key1","etag":123}]""")]
    [InlineData("""[{"ey":"key1","value":"x"}]""")]
    public async Task A_body_that_is_no_list_of_values_is_refused(string body)
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual());
        (await sidecar.RefusedAsync("POST", "/v1.0/state/store", body)).ShouldBe((400, "ERR_MALFORMED_REQUEST"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"key":"key1"}]""")]
    [InlineData("""[{"key":"key1","value":"a"},{"key":"key1","value":"b"}]""")]
    [InlineData("""[{"KEY":"key1","Value":null,"metadata":null,"options":{}}]""")]
    public async Task What_can_be_read_is_saved(string body)
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual());
        await sidecar.OkAsync("POST", "/v1.0/state/store?", body);
    }

    [Fact]
    public async Task A_value_comes_back_as_it_was_written_with_its_version()
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual());
        await sidecar.OkAsync("PUT", "/v1.0//state/store/", """[{"key":"a b","value":{"B":1,"b":"ü"}}]""");
        using HttpResponseMessage first = await sidecar.SendAsync("GET", "/v1.0/state/store/a%20b?consistency=strong");
        (await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("""{"B":1,"b":"ü"}""");
        string etag = first.Headers.NonValidated["ETag"].ToString();
        await sidecar.OkAsync("POST", "/v1.0/state/store", """[{"key":"a b","value":2}]""");
        using HttpResponseMessage second = await sidecar.SendAsync("GET", "/v1.0/state/store/a+b");
        second.Headers.NonValidated["ETag"].ToString().ShouldNotBe(etag);
        (await sidecar.AskAsync("GET", "/v1.0/state/store/none")).ShouldBe((204, ""));
    }

    [Fact]
    public async Task A_write_on_another_version_is_a_conflict_and_the_rest_is_written()
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual());
        await sidecar.OkAsync("POST", "/v1.0/state/store", """[{"key":"a","value":1}]""");
        (await sidecar.RefusedAsync("POST", "/v1.0/state/store", """[{"key":"a","value":2,"etag":"wrong"},{"key":"b","value":3}]""")).ShouldBe((409, "ERR_STATE_SAVE"));
        (await sidecar.AskAsync("GET", "/v1.0/state/store/a")).Body.ShouldBe("1");
        (await sidecar.AskAsync("GET", "/v1.0/state/store/b")).Body.ShouldBe("3");
        (await sidecar.RefusedAsync("POST", "/v1.0/state/store", """[{"key":"a","value":2,"options":{"concurrency":"first-write"}}]""")).ShouldBe((409, "ERR_STATE_SAVE"));
        (await sidecar.RefusedAsync("POST", "/v1.0/state/store", """[{"key":"new","value":2,"etag":"1"}]""")).ShouldBe((409, "ERR_STATE_SAVE"));
        (await sidecar.RefusedAsync("DELETE", "/v1.0/state/store/a", headers: ("If-Match", "wrong"))).ShouldBe((409, "ERR_STATE_DELETE"));
        using HttpResponseMessage get = await sidecar.SendAsync("GET", "/v1.0/state/store/a");
        await sidecar.OkAsync("DELETE", "/v1.0/state/store/a", headers: ("If-Match", get.Headers.NonValidated["ETag"].ToString()));
        await sidecar.OkAsync("DELETE", "/v1.0/state/store/a");
    }

    [Fact]
    public async Task Many_keys_are_read_in_the_order_asked_for()
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual());
        await sidecar.OkAsync("POST", "/v1.0/state/store", """[{"key":"a","value":{"x":1}},{"key":"c","value":"three","metadata":{"ttlInSeconds":"1000"}}]""");
        JsonArray rows = JsonNode.Parse((await sidecar.AskAsync("POST", "/v1.0/state/store/bulk", """{"keys":["c","b","a"],"parallelism":10}""")).Body)!.AsArray();
        rows.Select(static row => row!["key"]!.GetValue<string>()).ShouldBe(["c", "b", "a"]);
        rows[0]!["data"]!.GetValue<string>().ShouldBe("three");
        rows[0]!["metadata"]!["ttlExpireTime"].ShouldNotBeNull();
        rows[1]!.ToJsonString().ShouldBe("""{"key":"b"}""");
        rows[2]!["etag"].ShouldNotBeNull();
        (await sidecar.AskAsync("POST", "/v1.0/state/store/bulk", """{"keys":[]}""")).ShouldBe((200, "[]"));
    }

    [Fact]
    public async Task A_transaction_is_done_in_order_or_not_at_all()
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual());
        await sidecar.OkAsync("POST", "/v1.0/state/store/transaction", """{"operations":[{"operation":"upsert","request":{"key":"a","value":1}},{"operation":"delete","request":{"key":"a"}},{"operation":"upsert","request":{"key":"b","value":2}}],"metadata":null}""");
        (await sidecar.AskAsync("GET", "/v1.0/state/store/a")).Status.ShouldBe(204);
        (await sidecar.RefusedAsync("POST", "/v1.0/state/store/transaction", """{"operations":[{"operation":"upsert","request":{"key":"c","value":1}},{"operation":"upsert","request":{"key":"b","value":3,"etag":"wrong"}}]}"""))
            .ShouldBe((500, "ERR_STATE_TRANSACTION"));
        (await sidecar.AskAsync("GET", "/v1.0/state/store/c")).Status.ShouldBe(204);
        await sidecar.OkAsync("POST", "/v1.0/state/store/transaction", """{"operations":[]}""");
        (await sidecar.RefusedAsync("POST", "/v1.0/state/store/transaction", """{"operations":[{"operation":"merge","request":{"key":"c"}}]}""")).ShouldBe((400, "ERR_NOT_SUPPORTED_STATE_OPERATION"));
        (await sidecar.RefusedAsync("POST", "/v1.0/state/store/transaction", """{"operations":[{"operation":"upsert","request":{"key":"c","etag":{"value":"1"}}}]}""")).ShouldBe((400, "ERR_MALFORMED_REQUEST"));
    }

    [Fact]
    public async Task Errors_have_the_details_that_Dapr_gives()
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual());
        JsonNode unknown = JsonNode.Parse((await sidecar.AskAsync("GET", "/v1.0/state/other/a")).Body)!;
        unknown["errorCode"]!.GetValue<string>().ShouldBe("ERR_STATE_STORE_NOT_FOUND");
        unknown["message"]!.GetValue<string>().ShouldBe("state store other is not found");
        unknown["details"]!.AsArray().Single()!["reason"]!.GetValue<string>().ShouldBe("DAPR_STATE_NOT_FOUND");
        JsonNode key = JsonNode.Parse((await sidecar.AskAsync("GET", "/v1.0/state/store/a%7C%7Cb")).Body)!;
        key["details"]!.AsArray().Select(static detail => detail!["@type"]!.GetValue<string>().Split('.')[^1]).ShouldBe(["ErrorInfo", "ResourceInfo", "BadRequest"]);
        key["details"]![0]!["reason"]!.GetValue<string>().ShouldBe("DAPR_STATE_ILLEGAL_KEY");
        (await sidecar.RefusedAsync("POST", "/v1.0-alpha1/state/store/query", "{}")).ShouldBe((500, "ERR_STATE_STORE_NOT_SUPPORTED"));
        await using TestSidecar without = await TestSidecar.StartAsync(new TestResources());
        (await without.RefusedAsync("GET", "/v1.0/state/store/a")).ShouldBe((500, "ERR_STATE_STORE_NOT_CONFIGURED"));
    }

    [Theory]
    [InlineData("1000", true)]
    [InlineData("-1", false)]
    [InlineData("0", false)]
    public async Task Time_to_live_is_told_and_can_be_cleared(string seconds, bool isTold)
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual());
        await sidecar.OkAsync("POST", "/v1.0/state/store", """[{"key":"a","value":1,"metadata":{"ttlInSeconds":"5000"}}]""");
        await sidecar.OkAsync("POST", $"/v1.0/state/store?metadata.ttlInSeconds={seconds}", """[{"key":"a","value":1,"metadata":{"ttlInSeconds":"5000"}}]""");
        using HttpResponseMessage response = await sidecar.SendAsync("GET", "/v1.0/state/store/a");
        response.Headers.Contains("metadata.ttlExpireTime").ShouldBe(isTold);
        (await sidecar.RefusedAsync("POST", "/v1.0/state/store", """[{"key":"a","value":1,"metadata":{"ttlInSeconds":"soon"}}]""")).ShouldBe((500, "ERR_STATE_SAVE"));
    }

    [Fact]
    public void A_value_is_gone_when_its_time_is_over()
    {
        ManualTime time = new();
        Local.Dapr.State.StateStore store = new(time);
        store.TryApply(new Local.Dapr.State.StateChange("a", "1"u8.ToArray()) { TimeToLive = TimeSpan.FromSeconds(5) }).ShouldBeTrue();
        time.Now += TimeSpan.FromSeconds(4);
        store.Find("a").ShouldNotBeNull();
        time.Now += TimeSpan.FromSeconds(2);
        store.Find("a").ShouldBeNull();
        store.TryApply(new Local.Dapr.State.StateChange("a", "2"u8.ToArray()) { IsFirstWrite = true }).ShouldBeTrue();
    }

    [Theory]
    [InlineData("appid", false)]
    [InlineData("", false)]
    [InlineData("namespace", false)]
    [InlineData("name", true)]
    [InlineData("none", true)]
    [InlineData("team", true)]
    public async Task Who_shares_a_key_is_said_by_its_prefix(string prefix, bool isShared)
    {
        DaprMesh mesh = TestSidecar.NewMesh();
        TestResources resources = new TestResources().Component("store", "state.in-memory", ("keyPrefix", prefix));
        await using TestSidecar one = await TestSidecar.StartAsync(resources, "one", mesh);
        await using TestSidecar two = await TestSidecar.StartAsync(resources, "two", mesh);
        await one.OkAsync("POST", "/v1.0/state/store", """[{"key":"a","value":1}]""");
        (await two.AskAsync("GET", "/v1.0/state/store/a")).Status.ShouldBe(isShared ? 200 : 204);
    }

    [Fact]
    public async Task Instances_of_one_app_have_the_same_state()
    {
        DaprMesh mesh = TestSidecar.NewMesh();
        await using TestSidecar one = await TestSidecar.StartAsync(TestResources.Usual(), "app", mesh);
        await using TestSidecar two = await TestSidecar.StartAsync(TestResources.Usual(), "app", mesh);
        await one.OkAsync("POST", "/v1.0/state/store", """[{"key":"a","value":1}]""");
        (await two.AskAsync("GET", "/v1.0/state/store/a")).ShouldBe((200, "1"));
    }

    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
