using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOperator.Local.Dapr.Components;
using AgentOperator.Local.Dapr.Resources;
using AgentOperator.Local.Tests.Cluster;

namespace AgentOperator.Local.Tests.Dapr;

public sealed class SidecarTests
{
    [Fact]
    public async Task Metadata_tell_what_is_loaded_and_what_was_put()
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual());
        await sidecar.OkAsync("PUT", "/v1.0/metadata/color", "blue", "text/plain");
        JsonNode metadata = JsonNode.Parse((await sidecar.AskAsync("GET", "/v1.0/metadata")).Body)!;
        metadata["id"]!.GetValue<string>().ShouldBe("app");
        metadata["runtimeVersion"]!.GetValue<string>().ShouldMatch(@"^\d+\.\d+\.\d+$");
        metadata["extended"]!["daprRuntimeVersion"]!.GetValue<string>().ShouldMatch(@"^\d+\.\d+\.\d+$");
        metadata["extended"]!["color"]!.GetValue<string>().ShouldBe("blue");
        JsonNode store = metadata["components"]!.AsArray().Single(static one => one!["name"]!.GetValue<string>() == "store")!;
        (store["type"]!.GetValue<string>(), store["version"]!.GetValue<string>()).ShouldBe(("state.in-memory", "v1"));
        string[] capabilities = [.. store["capabilities"]!.AsArray().Select(static one => one!.GetValue<string>())];
        foreach (string capability in new[] { "ETAG", "TRANSACTIONAL", "ACTOR" })
        {
            capabilities.ShouldContain(capability);
        }
    }

    [Fact]
    public async Task Health_waits_for_the_app_and_outbound_health_does_not()
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(new TestResources(), configure: static options => options with { AppPort = 1 });
        await sidecar.OkAsync("GET", "/v1.0/healthz/outbound");
        (await sidecar.RefusedAsync("GET", "/v1.0/healthz")).ShouldBe((500, "ERR_HEALTH_NOT_READY"));
        await using FakeApp app = await FakeApp.StartAsync();
        await using TestSidecar ready = await TestSidecar.StartAsync(new TestResources(), app: app);
        await ready.OkAsync("GET", "/v1.0/healthz");
        await ready.OkAsync("GET", "/v1.0/healthz?appid=app");
        (await ready.RefusedAsync("GET", "/v1.0/healthz?appid=other")).ShouldBe((500, "ERR_HEALTH_APPID_NOT_MATCH"));
    }

    [Fact]
    public async Task A_token_is_asked_for_but_by_health_and_the_public_port()
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), configure: static options => options with { ApiToken = "open" });
        (await sidecar.AskAsync("GET", "/v1.0/metadata")).ShouldBe((401, "invalid api token"));
        (await sidecar.AskAsync("GET", "/v1.0/metadata", headers: ("dapr-api-token", "wrong"))).Status.ShouldBe(401);
        (await sidecar.AskAsync("GET", "/v1.0/metadata", headers: ("dapr-api-token", "open"))).Status.ShouldBe(200);
        await sidecar.OkAsync("GET", "/v1.0/healthz/outbound");
        foreach ((string path, int status) in new[] { ("/v1.0/metadata", 200), ("/v1.0/healthz", 204), ("/v1.0/state/store/a", 404), ("/v1.0/healthz/outbound", 404) })
        {
            using HttpResponseMessage response = await sidecar.SendAsync(sidecar.Sidecar.PublicAddress, "GET", path, null, null);
            ((int)response.StatusCode).ShouldBe(status, path);
        }
    }

    [Theory]
    [InlineData("POST", "/v1.0-alpha1/lock/store")]
    [InlineData("POST", "/v1.0/bindings/cron")]
    [InlineData("GET", "/v1.0/configuration/store")]
    [InlineData("POST", "/v1.0-alpha2/conversation/llm/converse")]
    [InlineData("POST", "/v1.0/jobs/nightly")]
    [InlineData("POST", "/v1.0-alpha1/jobs/nightly")]
    [InlineData("GET", "/v1.0/actors/type/id/state/key")]
    [InlineData("POST", "/v1.0-beta1/workflows/dapr/name/start")]
    [InlineData("PUT", "/v1.0-alpha1/crypto/keys/encrypt")]
    public async Task What_is_not_there_says_so(string method, string path)
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual());
        (await sidecar.RefusedAsync(method, path, method == "GET" ? null : "{}")).ShouldBe((501, "ERR_API_UNIMPLEMENTED"));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("true", 1)]
    public async Task Shutdown_ends_it(string? force, int code)
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual());
        await sidecar.OkAsync("POST", "/v1.0/shutdown", headers: force is null ? [] : [("dapr-force-shutdown", force)]);
        (await sidecar.Sidecar.Exited).ShouldBe(code);
    }

    [Fact]
    public async Task A_signal_ends_it_and_a_block_keeps_the_api_until_it_is_asked_to_shut_down()
    {
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual(), configure: static options => options with { BlockShutdown = TimeSpan.FromHours(1) });
        Task ending = sidecar.Sidecar.TerminateAsync();
        await sidecar.OkAsync("POST", "/v1.0/state/store", """[{"key":"last","value":1}]""");
        await sidecar.OkAsync("POST", "/v1.0/shutdown");
        await ending;
        (await sidecar.Sidecar.Exited).ShouldBe(0);
        await using TestSidecar other = await TestSidecar.StartAsync(TestResources.Usual());
        await other.Sidecar.TerminateAsync();
        (await other.Sidecar.Exited).ShouldBe(0);
    }

    [Fact]
    public async Task A_component_that_cannot_be_set_up_is_fatal_unless_it_says_otherwise()
    {
        TestResources resources = new TestResources().Component("redis", "state.redis");
        ComponentInitException error = await Should.ThrowAsync<ComponentInitException>(() => TestSidecar.StartAsync(resources));
        error.Message.ShouldContain("redis (state.redis/v1)");
        error.Message.ShouldContain("state.in-memory");
        TestResources lenient = TestResources.Usual().Component(new DaprComponent { Metadata = new() { Name = "redis" }, Spec = new ComponentSpec { Type = "state.redis", IgnoreErrors = true } });
        await using TestSidecar sidecar = await TestSidecar.StartAsync(lenient);
        sidecar.Log.ShouldContain(static line => line.Contains("state.redis", StringComparison.Ordinal));
        (await sidecar.RefusedAsync("GET", "/v1.0/state/redis/a")).ShouldBe((400, "ERR_STATE_STORE_NOT_FOUND"));
    }

    [Fact]
    public async Task A_component_is_loaded_by_the_apps_of_its_scopes()
    {
        TestResources resources = new TestResources().Component(new DaprComponent { Metadata = new() { Name = "store" }, Spec = new ComponentSpec { Type = "state.in-memory" }, Scopes = ["one"] });
        await using TestSidecar one = await TestSidecar.StartAsync(resources, "one");
        await using TestSidecar two = await TestSidecar.StartAsync(resources, "two");
        (await one.AskAsync("GET", "/v1.0/state/store/a")).Status.ShouldBe(204);
        (await two.RefusedAsync("GET", "/v1.0/state/store/a")).ShouldBe((500, "ERR_STATE_STORE_NOT_CONFIGURED"));
    }

    [Fact]
    public async Task Secrets_come_from_a_file_and_from_the_environment_and_into_components()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{"token":"t-1","db":{"user":"u","hosts":["a","b"]}}""", TestContext.Current.CancellationToken);
            TestResources resources = new TestResources().Component("file", "secretstores.local.file", ("secretsFile", file)).Component("env", "secretstores.local.env", ("prefix", "S_"))
                .Component(new DaprComponent
                {
                    Metadata = new() { Name = "shared" },
                    Auth = new ComponentAuth { SecretStore = "file" },
                    Spec = new ComponentSpec { Type = "state.in-memory", Metadata = [new ComponentMetadataItem { Name = "keyPrefix", SecretKeyRef = new SecretKeyRef { Name = "token" } }] },
                });
            await using TestSidecar sidecar = await TestSidecar.StartAsync(resources, configure: static options => options with { Environment = new Dictionary<string, string> { ["S_ONE"] = "1", ["OTHER"] = "2" } });
            (await sidecar.AskAsync("GET", "/v1.0/secrets/file/token")).ShouldBe((200, """{"token":"t-1"}"""));
            (await sidecar.AskAsync("GET", "/v1.0/secrets/file/db:hosts:1")).ShouldBe((200, """{"db:hosts:1":"b"}"""));
            (await sidecar.AskAsync("GET", "/v1.0/secrets/env/ONE")).ShouldBe((200, """{"ONE":"1"}"""));
            (await sidecar.AskAsync("GET", "/v1.0/secrets/env/bulk")).ShouldBe((200, """{"ONE":{"ONE":"1"}}"""));
            (await sidecar.RefusedAsync("GET", "/v1.0/secrets/file/none")).ShouldBe((500, "ERR_SECRET_GET"));
            (await sidecar.RefusedAsync("GET", "/v1.0/secrets/none/token")).ShouldBe((401, "ERR_SECRET_STORE_NOT_FOUND"));
            await using TestSidecar without = await TestSidecar.StartAsync(new TestResources());
            (await without.RefusedAsync("GET", "/v1.0/secrets/none/token")).ShouldBe((500, "ERR_SECRET_STORES_NOT_CONFIGURED"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_trace_comes_back_and_wrong_baggage_is_refused()
    {
        const string Parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        await using TestSidecar sidecar = await TestSidecar.StartAsync(TestResources.Usual());
        using HttpResponseMessage response = await sidecar.SendAsync("GET", "/v1.0/state/store/a", headers: [("traceparent", Parent), ("baggage", "a=1,b=2;p=3")]);
        response.Headers.GetValues("traceparent").ShouldBe([Parent]);
        ((int)response.StatusCode).ShouldBe(204);
        (await sidecar.AskAsync("GET", "/v1.0/state/store/a", headers: ("baggage", "nothing"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_fault_of_a_component_later_leaves_what_was_there()
    {
        TestResources resources = TestResources.Usual();
        await using TestSidecar sidecar = await TestSidecar.StartAsync(resources);
        resources.Component("redis", "state.redis");
        resources.Component("more", "state.in-memory");
        await sidecar.OkAsync("POST", "/v1.0/state/store", """[{"key":"a","value":1}]""");
        (await sidecar.AskAsync("GET", "/v1.0/state/store/a")).ShouldBe((200, "1"));
        JsonSerializer.Serialize(await Until.Async(() => sidecar.AskAsync("GET", "/v1.0/metadata"), static answer => answer.Status == 200)).ShouldNotContain("state.redis");
    }
}
