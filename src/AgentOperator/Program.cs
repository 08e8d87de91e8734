using System.CommandLine;
using AgentOperator;
using AgentOperator.Hosting;

Option<string?> kubeConfig = new("--kubeconfig") { Description = "Kubeconfig file. Default: KUBECONFIG, the pod's service account, or ~/.kube/config." };
Option<string?> ns = new("--namespace") { Description = "Namespace to work in. Default: all." };
Option<int> workers = new("--workers") { Description = "Objects of one kind reconciled at the same time.", DefaultValueFactory = _ => new OperatorOptions().Workers };
workers.Validators.Add(static result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 256)
    {
        result.AddError("--workers must be between 1 and 256.");
    }
});

RootCommand root = new("Runs AI agents and agentic workflows on Kubernetes.") { kubeConfig, ns, workers };
root.SetAction((arguments, cancellation) => OperatorHost.RunAsync(
    new OperatorOptions { KubeConfig = arguments.GetValue(kubeConfig), Namespace = arguments.GetValue(ns), Workers = arguments.GetValue(workers) },
    cancellation));
// The default of two seconds would cut short a graceful stop.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
