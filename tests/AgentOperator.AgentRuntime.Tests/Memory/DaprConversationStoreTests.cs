using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using AgentOperator.AgentRuntime.Dapr;
using AgentOperator.AgentRuntime.Memory;
using AgentOperator.Api.Agents;
using AgentOperator.Kube.Models;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOperator.AgentRuntime.Tests.Memory;

public sealed class DaprConversationStoreTests
{
    [Fact(Timeout = Limits.Hang)]
    public async Task Turns_are_kept_within_the_window_with_a_ttl_and_a_race_loses_none()
    {
        Dictionary<string, (JsonNode Value, int Version)> state = new(StringComparer.Ordinal);
        string? ttl = null;
        bool intrude = false;
        await using WebApplication sidecar = await SidecarAsync(async http =>
        {
            if (http.Request.Method == "GET")
            {
                string key = http.Request.Path.Value!.Split('/')[^1];
                if (!state.TryGetValue(key, out (JsonNode Value, int Version) found))
                {
                    http.Response.StatusCode = 204;
                    return;
                }

                http.Response.Headers.ETag = found.Version.ToString(CultureInfo.InvariantCulture);
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync(found.Value.ToJsonString());
                if (intrude)
                {
                    intrude = false;
                    JsonArray turns = found.Value.DeepClone().AsArray();
                    turns.Add(new JsonObject { ["role"] = "user", ["text"] = "other" });
                    state[key] = (turns, found.Version + 1);
                }

                return;
            }

            JsonNode item = (await JsonNode.ParseAsync(http.Request.Body))![0]!;
            string name = item["key"]!.GetValue<string>();
            ttl = item["metadata"]?["ttlInSeconds"]?.GetValue<string>();
            int version = state.TryGetValue(name, out (JsonNode Value, int Version) before) ? before.Version : 0;
            if ((item["etag"]?.GetValue<string>() ?? "0") != version.ToString(CultureInfo.InvariantCulture))
            {
                http.Response.StatusCode = 409;
                return;
            }

            state[name] = (item["value"]!.DeepClone(), version + 1);
            http.Response.StatusCode = 204;
        });
        using DaprClient client = new(new DaprOptions { Endpoint = new Uri(sidecar.Urls.First() + "/") }, TimeProvider.System);
        DaprConversationStore store = new(client, "memory", new AgentMemory { Window = 3, Ttl = new Duration("90s") }, NullLogger<DaprConversationStore>.Instance);
        (await store.ReadAsync("c", default)).ShouldBeEmpty();
        await store.AppendAsync("c", [new RememberedTurn("user", "a")], default);
        intrude = true;
        await store.AppendAsync("c", [new RememberedTurn("user", "b")], default);
        string.Join(',', (await store.ReadAsync("c", default)).Select(static turn => turn.Text)).ShouldBe("a,other,b");
        await store.AppendAsync("c", [new RememberedTurn("user", "d")], default);
        string.Join(',', (await store.ReadAsync("c", default)).Select(static turn => turn.Text)).ShouldBe("other,b,d");
        ttl.ShouldBe("90");
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_store_that_fails_costs_the_memory_and_not_the_call()
    {
        await using WebApplication sidecar = await SidecarAsync(static http =>
        {
            http.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
            return Task.CompletedTask;
        });
        using DaprClient client = new(new DaprOptions { Endpoint = new Uri(sidecar.Urls.First() + "/"), HealthTimeout = TimeSpan.Zero }, TimeProvider.System);
        DaprConversationStore store = new(client, "memory", new AgentMemory { Window = 3 }, NullLogger<DaprConversationStore>.Instance);
        await store.AppendAsync("c", [new RememberedTurn("user", "a")], default);
        (await store.ReadAsync("c", default)).ShouldBeEmpty();
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_sidecar_that_comes_up_after_the_agent_is_waited_for()
    {
        int asked = 0;
        await using WebApplication sidecar = await SidecarAsync(async http =>
        {
            bool isProbe = http.Request.Path == "/v1.0/healthz/outbound";
            asked += isProbe ? 1 : 0;
            if (isProbe || asked < 3)
            {
                http.Response.StatusCode = asked < 3 ? 500 : 204;
                return;
            }

            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("""[{"role":"user","text":"before"}]""");
        });
        using DaprClient client = new(new DaprOptions { Endpoint = new Uri(sidecar.Urls.First() + "/") }, TimeProvider.System);
        DaprConversationStore store = new(client, "memory", new AgentMemory { Window = 3 }, NullLogger<DaprConversationStore>.Instance);
        (await store.ReadAsync("c", default)).ShouldHaveSingleItem().Text.ShouldBe("before");
        (await store.ReadAsync("c", default)).ShouldHaveSingleItem();
        asked.ShouldBe(3);
    }

    private static async Task<WebApplication> SidecarAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        return server;
    }
}
