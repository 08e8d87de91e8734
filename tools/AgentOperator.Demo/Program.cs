using System.CommandLine;
using AgentOperator.Demo;
using Spectre.Console;

Option<bool> keep = new("--keep") { Description = "Stay up after the run, until Ctrl-C." };
if (Console.IsOutputRedirected)
{
    // No colours in a file or a pipe, whatever TERM says.
    AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
}

RootCommand root = new("Runs examples/quickstart and examples/code-review on a local Kubernetes API, or on the cluster of KUBECONFIG.") { keep };
root.SetAction((arguments, cancellation) => DemoRun.RunAsync(arguments.GetValue(keep), cancellation));
// The default of two seconds would cut short a graceful stop.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
