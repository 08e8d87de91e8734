using System.Net;
using System.Text;
using AgentOperator.AgentRuntime.Dapr;
using AgentOperator.Local.Dapr;
using AgentOperator.Local.Dapr.Resources;
using AgentOperator.Local.Dapr.Sidecars;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.AgentRuntime.Tests.Dapr;

/// <summary>The client against the sidecar of the local cluster.</summary>
public sealed class DaprClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task State_is_written_read_and_deleted_by_version()
    {
        await using World world = await World.StartAsync();
        DaprClient dapr = world.Client;
        (await dapr.GetStateAsync("store", "a b/ü", StringContext.Default.String, Cancellation)).ShouldBeNull();
        (await dapr.SaveStateAsync("store", "a b/ü", "one", StringContext.Default.String, StateSaveOptions.Default with { FirstWrite = true }, Cancellation)).ShouldBe(StateOutcome.Written);
        (await dapr.SaveStateAsync("store", "a b/ü", "two", StringContext.Default.String, StateSaveOptions.Default with { FirstWrite = true }, Cancellation)).ShouldBe(StateOutcome.Conflict);
        StateValue<string> first = (await dapr.GetStateAsync("store", "a b/ü", StringContext.Default.String, Cancellation))!;
        first.Value.ShouldBe("one");
        (await dapr.SaveStateAsync("store", "a b/ü", "three", StringContext.Default.String, new StateSaveOptions { Etag = first.Etag, TimeToLive = TimeSpan.FromMinutes(5) }, Cancellation)).ShouldBe(StateOutcome.Written);
        (await dapr.SaveStateAsync("store", "a b/ü", "four", StringContext.Default.String, new StateSaveOptions { Etag = first.Etag }, Cancellation)).ShouldBe(StateOutcome.Conflict);
        (await dapr.DeleteStateAsync("store", "a b/ü", first.Etag, Cancellation)).ShouldBe(StateOutcome.Conflict);
        (await dapr.GetStateAsync("store", "a b/ü", StringContext.Default.String, Cancellation))!.Value.ShouldBe("three");
        (await dapr.DeleteStateAsync("store", "a b/ü", null, Cancellation)).ShouldBe(StateOutcome.Written);
        (await dapr.GetStateAsync("store", "a b/ü", StringContext.Default.String, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Refusals_have_the_name_that_Dapr_gives_them()
    {
        await using World world = await World.StartAsync();
        (await RefusedAsync(() => world.Client.GetStateAsync("none", "a", StringContext.Default.String, Cancellation))).ShouldBe((400, "ERR_STATE_STORE_NOT_FOUND"));
        (await RefusedAsync(() => world.Client.SaveStateAsync("store", "a||b", "x", StringContext.Default.String, StateSaveOptions.Default, Cancellation))).ShouldBe((400, "ERR_MALFORMED_REQUEST"));
        (await RefusedAsync(() => world.Client.PublishAsync("none", "t", "x"u8.ToArray(), "text/plain", null, Cancellation))).ShouldBe((404, "ERR_PUBSUB_NOT_FOUND"));
        (await RefusedAsync(() => world.Client.GetSecretAsync("none", "t", Cancellation))).ShouldBe((401, "ERR_SECRET_STORE_NOT_FOUND"));
        (await RefusedAsync(() => world.Client.InvokeAsync("nobody", "m", HttpMethod.Get, null, null, Cancellation))).ShouldBe((500, "ERR_DIRECT_INVOKE"));
        using DaprClient stranger = new(world.Options with { ApiToken = "wrong" }, TimeProvider.System);
        (await RefusedAsync(() => stranger.GetMetadataAsync(Cancellation))).ShouldBe((401, ""));
    }

    [Fact]
    public async Task A_message_arrives_and_the_verdict_counts()
    {
        await using World world = await World.StartAsync();
        await world.Client.PublishAsync("bus", "orders/new", """{"x":1}"""u8.ToArray(), "application/json", new Dictionary<string, string> { ["cloudevent.type"] = "order" }, Cancellation);
        CloudEvent first = await world.Delivered.Reader.ReadAsync(Cancellation);
        CloudEvent second = await world.Delivered.Reader.ReadAsync(Cancellation);
        second.Id.ShouldBe(first.Id);
        (first.Type, first.Topic, first.PubSubName, first.Source, first.DataContentType, Encoding.UTF8.GetString(first.Data.Span)).ShouldBe(("order", "orders/new", "bus", "agent", "application/json", """{"x":1}"""));
        DaprMetadata metadata = await world.Client.GetMetadataAsync(Cancellation);
        metadata.Id.ShouldBe("agent");
        metadata.Subscriptions.Single().Topic.ShouldBe("orders/new");
        metadata.Components.Select(static component => component.Name).Order(StringComparer.Ordinal).ShouldBe(["bus", "secrets", "store"]);
    }

    [Fact]
    public async Task An_app_is_called_by_its_id_and_answers_for_itself()
    {
        await using World world = await World.StartAsync();
        using StringContent body = new("hi");
        using HttpResponseMessage answer = await world.Client.InvokeAsync("agent", "v1/echo?status=500", HttpMethod.Post, body, static headers => headers.Add("x-mine", "1"), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe("hi 1");
    }

    [Fact]
    public async Task Secrets_are_read_and_shutdown_ends_the_sidecar()
    {
        await using World world = await World.StartAsync();
        (await world.Client.GetSecretAsync("secrets", "KEY", Cancellation)).ShouldBe(new Dictionary<string, string> { ["KEY"] = "value" });
        await world.Client.ShutdownAsync(Cancellation);
        (await world.Sidecar.Exited).ShouldBe(0);
    }

    [Fact]
    public async Task Waiting_ends_with_what_was_wrong()
    {
        using DaprClient nobody = new(new DaprOptions { Endpoint = new Uri("http://127.0.0.1:1/"), HealthTimeout = TimeSpan.Zero }, TimeProvider.System);
        (await Should.ThrowAsync<TimeoutException>(() => nobody.WaitForSidecarAsync(Cancellation))).Message.ShouldContain("127.0.0.1:1");
        await using World world = await World.StartAsync();
        await world.Client.WaitForSidecarAsync(Cancellation);
    }

    private static async Task<(int Status, string Code)> RefusedAsync(Func<Task> call)
    {
        DaprException error = await Should.ThrowAsync<DaprException>(call);
        return (error.Status, error.ErrorCode);
    }

    /// <summary>An agent, its sidecar and its client.</summary>
    private sealed class World : IAsyncDisposable
    {
        private static readonly TopicSubscription[] Subscriptions = [new() { PubSubName = "bus", Topic = "orders/new", Route = "/events" }];

        private readonly SidecarServer _app;
        private int _deliveries;

        private World() => _app = new SidecarServer(IPAddress.Loopback, 0, 1 << 20, HandleAsync);

        public System.Threading.Channels.Channel<CloudEvent> Delivered { get; } = System.Threading.Channels.Channel.CreateUnbounded<CloudEvent>();

        public Sidecar Sidecar { get; private set; } = null!;

        public DaprClient Client { get; private set; } = null!;

        public DaprOptions Options { get; private set; } = null!;

        public static async Task<World> StartAsync()
        {
            World world = new();
            await world._app.StartAsync(Cancellation);
            SidecarOptions options = new()
            {
                AppId = "agent",
                Namespace = "default",
                HttpPort = 0,
                PublicPort = 0,
                AppPort = world._app.Address.Port,
                ApiToken = "to-the-sidecar",
                AppToken = "to-the-app",
                Grace = TimeSpan.Zero,
                Environment = new Dictionary<string, string> { ["KEY"] = "value" },
            };
            DaprMesh mesh = new(TimeProvider.System) { RedeliverAfter = TimeSpan.FromMilliseconds(10), InvokeAgainAfter = TimeSpan.FromMilliseconds(5) };
            world.Sidecar = await Sidecar.StartAsync(options, mesh, new Resources(), null, static _ => { }, Cancellation);
            world.Options = DaprOptions.FromEnvironment(name => name switch
            {
                "DAPR_HTTP_ENDPOINT" => world.Sidecar.Address.ToString(),
                "DAPR_API_TOKEN" => "to-the-sidecar",
                "APP_API_TOKEN" => "to-the-app",
                _ => null,
            });
            world.Client = new DaprClient(world.Options, TimeProvider.System);
            while (!world.Sidecar.IsReady)
            {
                await Task.Delay(10, Cancellation);
            }

            return world;
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Sidecar.DisposeAsync();
            using CancellationTokenSource now = new(TimeSpan.Zero);
            await _app.StopAsync(now.Token);
            _app.Dispose();
        }

        private async Task HandleAsync(HttpContext http)
        {
            using MemoryStream body = new();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            if (!Deliveries.IsFromSidecar(http.Request.Headers[Deliveries.TokenHeader], Options) && http.Request.Path != "/dapr/config")
            {
                http.Response.StatusCode = 401;
            }
            else if (http.Request.Path == TopicSubscription.Path)
            {
                await http.Response.Body.WriteAsync(Deliveries.Subscriptions(Subscriptions), http.RequestAborted);
            }
            else if (http.Request.Path == "/events")
            {
                Delivered.Writer.TryWrite(CloudEvent.Parse(body.ToArray(), http.Request.ContentType));
                await http.Response.Body.WriteAsync(Deliveries.Answer(Interlocked.Increment(ref _deliveries) == 1 ? DeliveryVerdict.Retry : DeliveryVerdict.Success).ToArray(), http.RequestAborted);
            }
            else if (http.Request.Path == "/v1/echo")
            {
                http.Response.StatusCode = int.Parse(http.Request.Query["status"]!, System.Globalization.CultureInfo.InvariantCulture);
                await http.Response.WriteAsync($"{Encoding.UTF8.GetString(body.ToArray())} {http.Request.Headers["x-mine"]}", http.RequestAborted);
            }
            else
            {
                http.Response.StatusCode = 404;
            }
        }
    }

    private sealed class Resources : IResourceSource
    {
        public Task Changed { get; } = new TaskCompletionSource().Task;

        public SidecarResources Read(string ns) => new([Component("store", "state.in-memory"), Component("bus", "pubsub.in-memory"), Component("secrets", "secretstores.local.env")], [], []);

        private static DaprComponent Component(string name, string type) => new() { Metadata = new() { Name = name }, Spec = new ComponentSpec { Type = type } };
    }
}
