using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace AgentOperator.Kube.Tests.Wire;

/// <summary>A server that wants to be left, as API servers do at their end and now and then with --goaway-chance.</summary>
public sealed class GoAwayTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limits.Hang)]
    public async Task Requests_move_to_another_connection_and_a_watch_goes_on_until_it_ends()
    {
        using SemaphoreSlim more = new(0);
        HashSet<string> connections = [];
        await using ScriptedServer server = await ScriptedServer.StartAsync(async context =>
        {
            lock (connections)
            {
                connections.Add(context.Connection.Id);
            }

            if (context.Request.QueryString.Value!.Contains("watch", StringComparison.Ordinal))
            {
                await Answers.Stream(Line("8"))(context);
                context.Features.Get<IConnectionLifetimeNotificationFeature>()!.RequestClose();
                await more.WaitAsync(context.RequestAborted);
                await Answers.Stream(Line("9"))(context);
            }
            else
            {
                await context.Response.WriteAsync(Answers.Pod("a"));
            }
        });
        using KubeClient client = server.Connect(new FakeTimeProvider());
        ResourceClient<Pod> pods = client.Resource<Pod>("ns");
        await using IAsyncEnumerator<WatchEvent<Pod>> watch = pods.WatchAsync(new WatchOptions { ResourceVersion = "7" }, Stop).GetAsyncEnumerator(Stop);
        (await watch.MoveNextAsync()).ShouldBeTrue();

        for (int i = 0; i < 20; i++)
        {
            await pods.GetAsync("a", Stop);
        }

        more.Release();
        (await watch.MoveNextAsync()).ShouldBeTrue();
        watch.Current.ResourceVersion.ShouldBe("9");
        (await watch.MoveNextAsync()).ShouldBeFalse();
        connections.Count.ShouldBeGreaterThan(1);
        server.Requests.Count.ShouldBe(21);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_server_that_sends_everybody_away_each_time_costs_no_request()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            context.Features.Get<IConnectionLifetimeNotificationFeature>()!.RequestClose();
            return context.Response.WriteAsync(Answers.Pod("a"));
        });
        using KubeClient client = server.Connect();

        Pod[] pods = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.Resource<Pod>("ns").GetAsync("a", Stop)));

        pods.ShouldAllBe(static pod => pod.Metadata.Name == "a");
    }

    private static string Line(string version) => $$"""{"type":"ADDED","object":{{Answers.Pod("a", version)}}}""" + "\n";
}
