using System.Net.Sockets;
using AgentOperator.AgentRuntime.Loop;
using AgentOperator.Api.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace AgentOperator.AgentRuntime.Hosting;

/// <summary><c>agent-runtime serve</c>.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string configFile, string? listen, CancellationToken cancellation)
    {
        List<string> problems = [];
        RuntimeConfig? config = ConfigFiles.Read(configFile, RuntimeJsonContext.Default.RuntimeConfig, problems);
        ListenAddress? address = null;
        try
        {
            address = ListenAddress.Choose(listen, Environment.GetEnvironmentVariable);
        }
        catch (FormatException error)
        {
            problems.Add(error.Message);
        }

        AgentPlan? plan = config is null ? null : AgentPlan.Create(config, problems);
        AgentParts? parts = plan is null ? null : AgentParts.Create(plan, Environment.GetEnvironmentVariable, TimeProvider.System, problems);
        if (problems.Count > 0)
        {
            foreach (string problem in problems)
            {
                await Console.Error.WriteLineAsync($"agent-runtime: {problem}");
            }

            return ExitCodes.BadConfiguration;
        }

        await using WebApplication server = AgentServer.Build(parts!, address!);
        try
        {
            await ((IHost)server).RunAsync(cancellation);
            return ExitCodes.Ok;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"agent-runtime: cannot listen on {address}: {error.Message}");
            return ExitCodes.Failed;
        }
    }
}
