using AgentOperator.Controllers;
using AgentOperator.Controllers.Hosting;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AgentOperator.Hosting;

/// <summary>Builds and runs the process.</summary>
internal static class OperatorHost
{
    /// <summary>Runs until it is told to stop; 1 when the cluster cannot be found.</summary>
    public static async Task<int> RunAsync(OperatorOptions options, CancellationToken cancellation)
    {
        KubeConnection connection;
        try
        {
            connection = KubeConfigLoader.Load(options.KubeConfig);
        }
        catch (KubeConfigException error)
        {
            await Console.Error.WriteLineAsync($"agent-operator: {error.Message}");
            return 1;
        }

        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddJsonConsole(static console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            console.IncludeScopes = false;
        });
        builder.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(static _ => new Random());
        builder.Services.AddSingleton(provider => new KubeClient(connection, provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<OwnWrites>();
        builder.Services.AddWorkflows(options);
        builder.Services.AddHostedService<ControllerService>();
        using IHost host = builder.Build();
        await host.RunAsync(cancellation);
        return 0;
    }
}
