using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AgentOperator.Local.Commands;

/// <summary><c>up</c>: runs a cluster in the foreground.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        Option<string> name = NameOption.Create();
        Option<string?> images = new("--images") { Description = "JSON file that maps image names to local commands", HelpName = "FILE" };
        Option<TimeSpan?> simulated = new("--simulated")
        {
            Description = "Run no pods: complete each Job after DELAY (default 0), such as 200ms",
            HelpName = "DELAY",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = Delay.Parse,
        };
        Option<int?> port = new("--port") { Description = "Port of the API server; a free one if left out", HelpName = "N" };
        port.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 65535)
            {
                result.AddError("--port must be between 1 and 65535.");
            }
        });
        Option<bool> dapr = new("--dapr") { Description = "Have Dapr: its kinds, its injector, and sidecars in pods that ask for one" };
        Option<bool> verbose = new("--verbose") { Description = "Log what each part does" };
        Command command = new("up", "Start a cluster and run it until Ctrl-C.") { name, images, simulated, port, dapr, verbose };
        command.Validators.Add(result =>
        {
            if (result.GetValue(dapr) && result.GetResult(simulated) is not null)
            {
                result.AddError("--dapr needs pods, and --simulated runs none.");
            }
        });
        command.SetAction(async (result, cancellation) =>
        {
            using ILoggerFactory loggers = Logging(result.GetValue(verbose));
            return await RunAsync(
                new LocalClusterOptions
                {
                    Name = result.GetValue(name)!,
                    ImagesFile = result.GetValue(images),
                    SimulatedDelay = result.GetValue(simulated),
                    Port = result.GetValue(port),
                    Dapr = result.GetValue(dapr),
                    LoggerFactory = loggers,
                },
                cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(LocalClusterOptions options, CancellationToken cancellation)
    {
        using StopSignals signals = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, cancellation);
        try
        {
            await using LocalCluster cluster = await LocalCluster.StartAsync(options, stop.Token);
            await Console.Out.WriteLineAsync($"export KUBECONFIG={cluster.KubeConfigPath}".AsMemory(), stop.Token);
            Task<LocalClusterException> failed = cluster.FailedAsync();
            await failed.WaitAsync(stop.Token);
            throw await failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static ILoggerFactory Logging(bool verbose) => LoggerFactory.Create(builder => builder
        .SetMinimumLevel(verbose ? LogLevel.Debug : LogLevel.Information)
        .AddSimpleConsole(static console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        })
        .Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace));
}
