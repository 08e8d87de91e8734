using System.CommandLine;
using AgentOperator;
using AgentOperator.Hosting;

OperatorOptions defaults = new();
Option<string?> kubeConfig = new("--kubeconfig") { Description = "Kubeconfig file. Default: KUBECONFIG, the pod's service account, or ~/.kube/config." };
Option<string?> ns = new("--namespace") { Description = "Namespace to work in. Default: all." };
Option<int> workers = new("--workers") { Description = "Objects of one kind reconciled at the same time.", DefaultValueFactory = _ => defaults.Workers };
Option<bool> elect = new("--leader-elect") { Description = "Work only while holding a Lease, so that several replicas can run.", DefaultValueFactory = _ => defaults.LeaderElect };
Option<string?> leaseNamespace = new("--lease-namespace") { Description = "Namespace of the Lease. Default: the pod's own, or the kubeconfig's." };
Option<double> leaseDuration = new("--lease-duration") { Description = "Seconds for which a silent leader is respected.", DefaultValueFactory = _ => defaults.LeaseDuration.TotalSeconds };
workers.Validators.Add(static result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 256)
    {
        result.AddError("--workers must be between 1 and 256.");
    }
});
leaseDuration.Validators.Add(static result =>
{
    double seconds = result.GetValueOrDefault<double>();
    if (seconds is not (>= 1 and <= 3600))
    {
        result.AddError("--lease-duration must be between 1 and 3600 seconds.");
    }
});

RootCommand root = new("Runs AI agents and agentic workflows on Kubernetes.") { kubeConfig, ns, workers, elect, leaseNamespace, leaseDuration };
root.SetAction((arguments, cancellation) => OperatorHost.RunAsync(
    new OperatorOptions
    {
        KubeConfig = arguments.GetValue(kubeConfig),
        Namespace = arguments.GetValue(ns),
        Workers = arguments.GetValue(workers),
        LeaderElect = arguments.GetValue(elect),
        LeaseNamespace = arguments.GetValue(leaseNamespace),
        LeaseDuration = TimeSpan.FromSeconds(arguments.GetValue(leaseDuration)),
    },
    cancellation));

// The default of two seconds would cut short a graceful stop.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
