using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Metrics;
using AgentOperator.Kube.Models.Core;
using AgentOperator.Kube.Tests.Server;
using AgentOperator.Testing;

namespace AgentOperator.Kube.Tests.Wire;

public sealed class RequestMetricsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limits.Hang)]
    public async Task Every_request_is_counted_by_its_code_method_and_host_repetitions_too()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(Answers.InTurn(
            Answers.PutOff(429, "0"),
            Answers.Always(Answers.Pod("a")),
            Answers.Always(Answers.Status(404, "NotFound", "no"), 404)));
        string host = server.Connection.Server.Authority;
        ConcurrentQueue<string> counted = new();
        using MeterListener listener = Listen(host, counted);
        using KubeClient client = server.Connect();

        await client.Resource<Pod>("ns").GetAsync("a", Stop);
        await client.Resource<Pod>("ns").DeleteAsync("a", new DeleteOptions(), Stop);

        counted.ShouldBe([$"429 GET {host}", $"200 GET {host}", $"404 DELETE {host}"]);
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task A_request_that_nobody_answers_is_counted_too()
    {
        using TcpListener closed = new(IPAddress.Loopback, 0);
        closed.Start();
        string host = $"127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}";
        closed.Stop();
        ConcurrentQueue<string> counted = new();
        using MeterListener listener = Listen(host, counted);
        using KubeClient client = new(new KubeConnection { Server = new Uri($"https://{host}") });

        await Should.ThrowAsync<HttpRequestException>(() => client.Resource<Pod>("ns").GetAsync("a", Stop));

        counted.ShouldBe([$"<error> GET {host}"]);
    }

    private static MeterListener Listen(string host, ConcurrentQueue<string> counted)
    {
        MeterListener listener = new()
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == RequestMetrics.Requests)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            Dictionary<string, object?> labels = tags.ToArray().ToDictionary();
            if ((string?)labels["host"] == host && value == 1)
            {
                counted.Enqueue($"{labels["code"]} {labels["method"]} {labels["host"]}");
            }
        });
        listener.Start();
        return listener;
    }
}
