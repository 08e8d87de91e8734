using System.Net;
using System.Text;
using System.Text.Json;
using AgentOperator.AgentRuntime.Hosting;
using AgentOperator.AgentRuntime.Loop;
using AgentOperator.Api.Runtime;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentOperator.AgentRuntime.Tests.Hosting;

/// <summary>An agent that serves on a port of its own.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    private readonly WebApplication _server;

    private RunningAgent(WebApplication server, AgentParts parts)
    {
        (_server, Parts) = (server, parts);
        Url = new Uri(server.Urls.First());
        Http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromMilliseconds(Limits.Hang) };
    }

    public AgentParts Parts { get; }

    public Uri Url { get; }

    public HttpClient Http { get; }

    /// <summary>An agent named tester with one skill <c>say</c> without schemas, unless the JSON says otherwise.</summary>
    public static RuntimeConfig Config(string fields = "") => JsonSerializer.Deserialize(
        $$"""{"name":"tester","namespace":"default","models":[{"provider":"scripted","name":"fake"}],"skills":[{"name":"say","description":"Says something"}]{{(fields.Length > 0 ? $",{fields}" : "")}}}""",
        RuntimeJsonContext.Default.RuntimeConfig)!;

    public static async Task<RunningAgent> StartAsync(IChatClient model, RuntimeConfig? config = null, Func<string, string?>? environment = null, TimeProvider? time = null, Action<ILoggingBuilder>? logging = null)
    {
        List<string> problems = [];
        AgentPlan plan = AgentPlan.Create(config ?? Config(), problems);
        AgentParts parts = AgentParts.Create(plan, environment ?? (static _ => null), time ?? TimeProvider.System, problems, model);
        problems.ShouldBeEmpty();
        WebApplication server = AgentServer.Build(parts, new ListenAddress(IPAddress.Loopback, 0), logging ?? (static builder => builder.ClearProviders()));
        await server.StartAsync();
        RunningAgent agent = new(server, parts);
        using CancellationTokenSource limit = new(Limits.Hang);
        await Eventually.HoldsAsync(() => parts.Toolbox.IsTried, limit.Token);
        return agent;
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(string skill, string input, string? contextId = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/v1/skills/{skill}") { Content = new StringContent(input, Encoding.UTF8, "application/json") };
        if (contextId is not null)
        {
            request.Headers.Add("X-Context-Id", contextId);
        }

        using HttpResponseMessage response = await Http.SendAsync(request);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync()));
    }

    public async Task<JsonElement> PostAsync(string path, string json)
    {
        using HttpResponseMessage response = await Http.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
        return JsonElement.Parse(await response.Content.ReadAsByteArrayAsync());
    }

    public Task StopAsync() => _server.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        Parts.Telemetry.Dispose();
    }
}
