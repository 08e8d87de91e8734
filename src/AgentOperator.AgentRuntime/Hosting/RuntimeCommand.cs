using System.CommandLine;
using AgentOperator.Api.Runtime;

namespace AgentOperator.AgentRuntime.Hosting;

/// <summary>The command line.</summary>
internal static class RuntimeCommand
{
    public static RootCommand Create()
    {
        Option<string> config = new("--config") { Description = $"The agent. Default: {RuntimeFiles.Agent}", DefaultValueFactory = static _ => RuntimeFiles.Agent };
        Option<string?> listen = new("--listen") { Description = $"Where to serve, IP:PORT or :PORT. Default: port {RuntimeFiles.Port} of every address; of POD_IP alone where that is a loopback address. [{ListenAddress.Variable}]" };
        Command serve = new("serve", "Serves an agent's skills over HTTP, MCP and A2A.") { config, listen };
        serve.SetAction((arguments, cancellation) => ServeCommand.RunAsync(arguments.GetValue(config)!, arguments.GetValue(listen), cancellation));

        Option<string> task = new("--task") { Description = $"The task. Default: {RuntimeFiles.Task}", DefaultValueFactory = static _ => RuntimeFiles.Task };
        Command step = new("step", "Runs one attempt of a workflow's step and tells the operator its results.") { task };
        step.SetAction((arguments, cancellation) => StepCommand.RunAsync(arguments.GetValue(task)!, cancellation));

        RootCommand root = new("Runs an AI agent. Without a command it serves.") { config, listen, serve, step };
        root.SetAction((arguments, cancellation) => ServeCommand.RunAsync(arguments.GetValue(config)!, arguments.GetValue(listen), cancellation));
        return root;
    }
}
