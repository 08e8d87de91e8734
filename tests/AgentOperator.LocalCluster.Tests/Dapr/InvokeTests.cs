using System.Text;
using AgentOperator.Local.Dapr;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Local.Tests.Dapr;

public sealed class InvokeTests
{
    [Theory]
    [InlineData("GET", 200)]
    [InlineData("POST", 201)]
    [InlineData("PUT", 202)]
    [InlineData("DELETE", 409)]
    [InlineData("PATCH", 502)]
    [InlineData("GET", 500)]
    [InlineData("POST", 404)]
    public async Task The_app_answers_for_itself(string method, int status)
    {
        await using Pair pair = await Pair.StartAsync((http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers["x-own"] = "1";
            return http.Response.WriteAsync("from the app");
        });
        using HttpResponseMessage response = await pair.Caller.SendAsync(method, "/v1.0/invoke/callee/method/foo/b%2Fr?a=1&b=%20", method == "GET" ? null : "body", "text/x");
        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("from the app");
        response.Headers.GetValues("x-own").ShouldBe(["1"]);
        response.Headers.Contains("dapr-app-id").ShouldBeFalse();
        FakeApp.Received got = pair.App.All.Single();
        (got.Method, got.Query, got.Body).ShouldBe((method, "?a=1&b=%20", method == "GET" ? "" : "body"));
        got.Path.ShouldBe("/foo/b%2Fr");
    }

    [Theory]
    [InlineData("/v1.0////invoke/callee/method/foo", null)]
    [InlineData("/v1.0/invoke/callee.default/method/foo", null)]
    [InlineData("///foo", "callee")]
    [InlineData("/foo", "callee.default")]
    public async Task An_app_is_found_by_path_and_by_header(string path, string? header)
    {
        await using Pair pair = await Pair.StartAsync();
        (await pair.Caller.AskAsync("GET", path, headers: header is null ? [] : [("dapr-app-id", header)])).Status.ShouldBe(200);
        pair.App.All.Single().Path.ShouldBe("/foo");
    }

    [Fact]
    public async Task An_app_is_found_by_basic_authentication()
    {
        await using Pair pair = await Pair.StartAsync();
        string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes("dapr-app-id:callee"));
        (await pair.Caller.AskAsync("GET", "/foo", headers: ("Authorization", "Basic " + credentials))).Status.ShouldBe(200);
        pair.App.All.Single().Headers.Keys.ShouldNotContain("Authorization");
    }

    [Fact]
    public async Task The_callee_knows_who_calls_and_nobody_can_pretend()
    {
        await using Pair pair = await Pair.StartAsync();
        (string, string)[] lies = [("dapr-caller-app-id", "lie"), ("dapr-caller-namespace", "lie"), ("dapr-callee-app-id", "lie"), ("Connection", "x-hop"), ("x-hop", "1"), ("TE", "trailers"), ("x-mine", "2")];
        foreach ((TestSidecar sidecar, string caller) in new[] { (pair.Caller, "caller"), (pair.Callee, "callee") })
        {
            await sidecar.AskAsync("GET", "/v1.0/invoke/callee/method/" + caller, headers: lies);
            FakeApp.Received got = pair.App.All.Single(received => received.Path == "/" + caller);
            (got.Headers["dapr-caller-app-id"], got.Headers["dapr-caller-namespace"], got.Headers["dapr-callee-app-id"], got.Headers["x-mine"]).ShouldBe((caller, "default", "callee", "2"));
            got.Headers.Keys.ShouldNotContain("x-hop");
            got.Headers.Keys.ShouldNotContain("TE");
            got.Headers["dapr-api-token"].ShouldBe("of-the-app");
        }
    }

    [Fact]
    public async Task Events_come_as_they_are_sent()
    {
        TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Pair pair = await Pair.StartAsync(async (http, _) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: 1\n\n");
            await http.Response.Body.FlushAsync();
            await more.Task;
            await http.Response.WriteAsync("data: 2\n\n");
        });
        using HttpResponseMessage response = await pair.Caller.SendAsync("GET", "/v1.0/invoke/callee/method/events", headers: ("Accept", "text/event-stream"));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("data: 1");
        more.SetResult();
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe("\ndata: 2\n\n");
    }

    [Fact]
    public async Task What_cannot_be_called_says_so()
    {
        await using Pair pair = await Pair.StartAsync();
        (await pair.Caller.RefusedAsync("GET", "/v1.0/invoke/callee")).ShouldBe((404, "ERR_DIRECT_INVOKE"));
        (await pair.Caller.RefusedAsync("GET", "/v1.0/invoke/callee/foo")).ShouldBe((404, "ERR_DIRECT_INVOKE"));
        (await pair.Caller.RefusedAsync("GET", "/foo")).ShouldBe((404, "ERR_DIRECT_INVOKE"));
        (await pair.Caller.RefusedAsync("GET", "/v1.0/invoke/nobody/method/foo")).ShouldBe((500, "ERR_DIRECT_INVOKE"));
        (await pair.Caller.RefusedAsync("GET", "/v1.0/invoke/callee.elsewhere/method/foo")).ShouldBe((500, "ERR_DIRECT_INVOKE"));
        (await pair.Caller.RefusedAsync("GET", "/v1.0/invoke/caller/method/foo")).ShouldBe((500, "ERR_DIRECT_INVOKE"));
        await pair.App.DisposeAsync();
        (await pair.Caller.RefusedAsync("GET", "/v1.0/invoke/callee/method/foo")).ShouldBe((500, "ERR_DIRECT_INVOKE"));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using Pair pair = await Pair.StartAsync();
        (await pair.Caller.AskAsync("POST", "/v1.0/invoke/callee/method/foo", new string('x', (4 << 20) + 1), "text/plain", ("Expect", "100-continue"))).Status.ShouldBe(413);
        (await pair.Caller.AskAsync("POST", "/v1.0/invoke/callee/method/foo", new string('x', 4 << 20), "text/plain")).Status.ShouldBe(200);
    }

    /// <summary>One app that calls another.</summary>
    private sealed class Pair : IAsyncDisposable
    {
        public required FakeApp App { get; init; }

        public required TestSidecar Caller { get; init; }

        public required TestSidecar Callee { get; init; }

        public static async Task<Pair> StartAsync(Func<HttpContext, string, Task>? answer = null)
        {
            DaprMesh mesh = TestSidecar.NewMesh();
            FakeApp app = await FakeApp.StartAsync(answer: answer);
            return new Pair
            {
                App = app,
                Callee = await TestSidecar.StartAsync(new TestResources(), "callee", mesh, app, static options => options with { AppToken = "of-the-app" }),
                Caller = await TestSidecar.StartAsync(new TestResources(), "caller", mesh),
            };
        }

        public async ValueTask DisposeAsync()
        {
            await Caller.DisposeAsync();
            await Callee.DisposeAsync();
            await App.DisposeAsync();
        }
    }
}
