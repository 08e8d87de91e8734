using System.CommandLine;
using AgentOperator.Demo;

Option<bool> keep = new("--keep") { Description = "Stay up after the run, until Ctrl-C." };
RootCommand root = new("Runs examples/quickstart on a local Kubernetes API, or on the cluster of KUBECONFIG.") { keep };
root.SetAction((arguments, cancellation) => DemoRun.RunAsync(arguments.GetValue(keep), cancellation));
// The default of two seconds would cut short a graceful stop.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
