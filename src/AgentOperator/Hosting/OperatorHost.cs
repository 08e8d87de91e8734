using AgentOperator.Agents;
using AgentOperator.Approvals;
using AgentOperator.Channels;
using AgentOperator.Controllers.Hosting;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Metrics;
using AgentOperator.Probes;
using AgentOperator.PromptTemplates;
using AgentOperator.Tracing;
using AgentOperator.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AgentOperator.Hosting;

/// <summary>Builds and runs the process.</summary>
internal static partial class OperatorHost
{
    /// <summary>Runs until it is told to stop; 1 when the cluster cannot be found, a port is taken, or the work ended by itself, as it does when the lease is lost.</summary>
    public static async Task<int> RunAsync(OperatorOptions options, CancellationToken cancellation)
    {
        KubeConnection connection;
        OtlpTarget? traces;
        try
        {
            connection = KubeConfigLoader.Load(options.KubeConfig);

            // Certificates are read when a client is made: a bad one is told here, not from within the host.
            new KubeClient(connection).Dispose();
            traces = OtlpTarget.Read(Environment.GetEnvironmentVariable);
        }
        catch (Exception error) when (error is KubeConfigException or FormatException)
        {
            return await FailAsync(error.Message);
        }

        using IHost host = Build(options with { OwnNamespace = options.LeaseNamespace ?? connection.Namespace }, connection, traces);
        ControllerService service = host.Services.GetRequiredService<ControllerService>();
        try
        {
            await host.RunAsync(cancellation);
        }
        catch (ProbeServerException error)
        {
            return await FailAsync(error.Message);
        }

        return service.ExecuteTask is { IsCompletedSuccessfully: true } ? 0 : 1;
    }

    private static IHost Build(OperatorOptions options, KubeConnection connection, OtlpTarget? traces)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        AddLogging(builder.Logging);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        if (options.LeaderElect)
        {
            builder.Services.AddElection(options, connection);
        }

        builder.Services.AddSingleton(provider => new KubeClient(
            connection,
            new KubeClientOptions { MayWrite = Election.MayWrite(provider), OnWarning = Warn(provider.GetRequiredService<ILogger<KubeClient>>()) },
            provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddTracing(traces);
        builder.Services.AddChannel(options, connection);
        builder.Services.AddEvents();
        builder.Services.AddAgents(options);
        builder.Services.AddPromptTemplates(options);
        builder.Services.AddApprovals(options);
        builder.Services.AddWorkflows(options);
        builder.Services.AddSingleton<ControllerService>();
        builder.Services.AddSingleton<OperatorMetrics>();
        builder.Services.AddSingleton<Readiness>();

        // First, so that probes are answered while caches are filled.
        builder.Services.AddHostedService<ProbeServer>();
        builder.Services.AddHostedService(static provider => provider.GetRequiredService<ControllerService>());
        return builder.Build();
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync($"agent-operator: {message}");
        return 1;
    }

    private static Action<string> Warn(ILogger logger) => text => LogWarning(logger, text);

    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddJsonConsole(static console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            console.IncludeScopes = false;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    [LoggerMessage(1, LogLevel.Warning, "The API server warns: {Text}")]
    private static partial void LogWarning(ILogger logger, string text);
}
