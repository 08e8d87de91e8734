using System.CommandLine;
using System.Net;
using AgentOperator.Bench;
using AgentOperator.Bench.ApiCalls;
using AgentOperator.Bench.Cel;
using AgentOperator.Bench.Latency;
using AgentOperator.Bench.Memory;
using AgentOperator.Bench.Queue;
using AgentOperator.Bench.Runtime;
using AgentOperator.Bench.Scale;
using AgentOperator.Bench.Startup;
using AgentOperator.Bench.Sync;
using AgentOperator.Bench.Throughput;
using AgentOperator.Local;
using AgentOperator.Tooling;

Option<int> count = new("--workflows") { Description = "Workflows a round.", DefaultValueFactory = static _ => 2000 };
Option<int> rounds = new("--rounds") { Description = "Rounds; the median counts.", DefaultValueFactory = static _ => 3 };
Option<string> output = new("--output") { Description = "File for the results.", DefaultValueFactory = static _ => Repository.PathTo("artifacts", "bench.json") };
RootCommand root = new("Measures the operator beside what a bare client can do on the same machine.") { count, rounds, output };
root.SetAction(async (arguments, cancellation) =>
{
    await using LocalCluster cluster = await LocalCluster.StartAsync(new LocalClusterOptions { Name = "bench", SimulatedDelay = TimeSpan.Zero }, cancellation);
    await new Kubectl(Path.Combine(cluster.AssetsFolder, "kubectl"), cluster.KubeConfigPath).InstallAsync(cancellation);
    IReadOnlyList<Measurement> measured =
    [
        .. await ApiCallsBench.RunAsync(cancellation),
        await StartupBench.RunAsync(cluster, cancellation),
        .. await LatencyBench.RunAsync(cluster, cancellation),
        .. await MemoryBench.RunAsync(cluster, cancellation),
        .. await ThroughputBench.RunAsync(cluster, arguments.GetValue(count), arguments.GetValue(rounds), cancellation),
        .. await SyncBench.RunAsync(cluster, cancellation),
        .. await ScaleBench.RunAsync(arguments.GetValue(rounds), cancellation),
        await QueueBench.RunAsync(cancellation),
        .. CelBench.Run(),
        .. await RuntimeBench.RunAsync(cancellation),
    ];
    await Report.WriteAsync(measured, arguments.GetRequiredValue(output), cancellation);
});

Option<IPEndPoint> listen = new("--listen") { Description = "IP:PORT", Required = true, CustomParser = static result => IPEndPoint.Parse(result.Tokens[0].Value) };
Command echo = new(EchoServer.Command, "The floor of the runtime's figures: sends back what it gets.") { listen };
echo.SetAction((arguments, cancellation) => EchoServer.RunAsync(arguments.GetRequiredValue(listen), cancellation));
Command runtime = new("runtime", "Measures the agent runtime alone.");
runtime.SetAction(async (arguments, cancellation) => await Report.WriteAsync(await RuntimeBench.RunAsync(cancellation), Repository.PathTo("artifacts", "bench-runtime.json"), cancellation));
Command cel = new("cel", "Measures expressions alone.");
cel.SetAction(static (_, cancellation) => Report.WriteAsync(CelBench.Run(), Repository.PathTo("artifacts", "bench-cel.json"), cancellation));
Option<int> scaleRounds = new("--rounds") { Description = "Rounds; the median counts.", DefaultValueFactory = static _ => 3 };
Command scale = new("scale", "Measures large, long and many workflows alone.") { scaleRounds };
scale.SetAction(async (arguments, cancellation) => await Report.WriteAsync(await ScaleBench.RunAsync(arguments.GetValue(scaleRounds), cancellation), Repository.PathTo("artifacts", "bench-scale.json"), cancellation));
root.Add(echo);
root.Add(runtime);
root.Add(cel);
root.Add(scale);
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
