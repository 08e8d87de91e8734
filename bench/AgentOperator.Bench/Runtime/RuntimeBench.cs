using AgentOperator.Tooling;

namespace AgentOperator.Bench.Runtime;

/// <summary>The agent runtime: its memory (VmRSS) after a minute of nothing, and what a skill call over HTTP takes when 50 callers ask a scripted model that does not wait. The floor is the same load on a server that only sends the body back; in turns, and the median of the rounds counts.</summary>
internal static class RuntimeBench
{
    private const string Body = """{"change":"Answers are kept for an hour instead of a day, since nobody came back for them later."}""";

    private const string Agent = """
        {
          "name": "bench", "namespace": "default",
          "models": [{ "provider": "scripted", "name": "script", "script": "rules: [{ answer: { json: { verdict: approve, issues: [nothing is said of answers that exist already] } } }]" }],
          "prompt": { "content": { "messages": [{ "role": "system", "content": "You review changes." }, { "role": "user", "content": "Review this: {{change}}" }] } },
          "skills": [{
            "name": "review",
            "input": { "type": "object", "properties": { "change": { "type": "string" } }, "required": ["change"] },
            "output": { "type": "object", "properties": { "verdict": { "enum": ["approve", "change"] }, "issues": { "type": "array", "items": { "type": "string" } } }, "required": ["verdict", "issues"] }
          }]
        }
        """;

    private const int Rounds = 5;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    private static string Assembly => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "AgentOperator.AgentRuntime", new DirectoryInfo(AppContext.BaseDirectory).Name, "agent-runtime.dll"));

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellation)
    {
        string config = Repository.PathTo("artifacts", "bench", "agent.json");
        Directory.CreateDirectory(Path.GetDirectoryName(config)!);
        await File.WriteAllTextAsync(config, Agent, cancellation);
        byte[] body = System.Text.Encoding.UTF8.GetBytes(Body);
        await using ServerProcess runtime = await ServerProcess.StartAsync("agent-runtime", [Assembly, "--config", config], "/readyz", cancellation);
        await Task.Delay(Idle, TimeProvider.System, cancellation);
        double idle = await runtime.ResidentAsync(cancellation);
        await using ServerProcess echo = await ServerProcess.StartAsync("echo", [Path.Combine(AppContext.BaseDirectory, "agent-operator-bench.dll"), EchoServer.Command], "/", cancellation);
        List<double[]> floor = [];
        List<double[]> calls = [];
        for (int round = 0; round < Rounds; round++)
        {
            floor.Add(await Load.RunAsync(echo.Url, body, cancellation));
            calls.Add(await Load.RunAsync(new Uri(runtime.Url, "/v1/skills/review"), body, cancellation));
        }

        return
        [
            new Measurement("runtime.overhead.floor.p50_ms", Median(floor, 0.50), "ms", null),
            new Measurement("runtime.overhead.floor.p99_ms", Median(floor, 0.99), "ms", null),
            new Measurement("runtime.overhead.p50_ms", Median(calls, 0.50), "ms", 5),
            new Measurement("runtime.overhead.p99_ms", Median(calls, 0.99), "ms", 20),
            new Measurement("runtime.idle_mb", idle, "MiB", 80),
        ];
    }

    private static double Median(List<double[]> rounds, double share) => rounds.Select(times => Load.At(times, share)).Order().ElementAt(rounds.Count / 2);
}
