using AgentOperator.Api.Workflows;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Kube.Models;
using AgentOperator.Tooling;
using Spectre.Console;

namespace AgentOperator.Demo;

/// <summary>The demo from start to end.</summary>
internal static class DemoRun
{
    private const string Prices = "agent-operator-prices";

    /// <summary>0 when both Workflows succeeded.</summary>
    public static async Task<int> RunAsync(bool keep, CancellationToken cancellation)
    {
        try
        {
            await using DemoCluster cluster = await DemoCluster.OpenAsync(cancellation);
            return await RunAsync(cluster, keep, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Console.Error.WriteLine("Stopped.");
            return 130;
        }
        catch (Exception error) when (error is ToolException or KubeConfigException or KubeApiException or Local.LocalClusterException or HttpRequestException)
        {
            Console.Error.WriteLine($"demo: {error.Message}");
            return 1;
        }
    }

    private static async Task<int> RunAsync(DemoCluster cluster, bool keep, CancellationToken cancellation)
    {
        Kubectl kubectl = cluster.Kubectl;
        Say("Installing the custom resources");
        await kubectl.InstallAsync(cancellation);

        await kubectl.RunAsync(cancellation, "apply", "--server-side", "--namespace", cluster.Connection.Namespace, "-f", Repository.PathTo("examples", "prices.yaml"));

        Say("Starting the operator");
        await using OperatorProcess process = OperatorProcess.Start(
            Repository.PathTo("artifacts", "demo", "operator.log"),
            ["--kubeconfig", cluster.KubeConfigPath, "--lease-duration", "3s", "--price-catalogue", Prices, .. cluster.ChannelOptions]);
        using KubeClient client = new(cluster.Connection);
        bool succeeded = await ActAsync(cluster, process, client, "quickstart", cancellation);
        if (succeeded)
        {
            Console.WriteLine();
            Say("Applying examples/code-review/agent.yaml: an agent with its prompt and a tool");
            await kubectl.RunAsync(cancellation, "apply", "--server-side", "--namespace", cluster.Connection.Namespace, "-f", Repository.PathTo("examples", "code-review", "agent.yaml"));
            succeeded = await ActAsync(cluster, process, client, "code-review", cancellation);
            Console.WriteLine("$ kubectl get agents.agentoperator.dev");
            Console.WriteLine(await kubectl.RunAsync(cancellation, "get", "agents.agentoperator.dev", "--namespace", cluster.Connection.Namespace));
            Console.WriteLine("$ kubectl logs -l agentoperator.dev/step=report,agentoperator.dev/workflow=code-review");
            Console.WriteLine(await kubectl.RunAsync(cancellation, "logs", "--selector", "agentoperator.dev/step=report,agentoperator.dev/workflow=code-review", "--namespace", cluster.Connection.Namespace));
        }

        if (keep)
        {
            Next(cluster, process);
            await StayAsync(cluster, process, cancellation);
        }
        else if (succeeded)
        {
            Console.WriteLine("Next: make demo KEEP=1 keeps the cluster up, and says how to reach it with kubectl.");
        }

        return succeeded ? 0 : 1;
    }

    /// <summary>Runs one example, showing it; true when it succeeded.</summary>
    private static async Task<bool> ActAsync(DemoCluster cluster, OperatorProcess process, KubeClient client, string example, CancellationToken cancellation)
    {
        ObjectKey key = new(cluster.Connection.Namespace, example);
        long generation = await ApplyAsync(cluster.Kubectl, client, key, cancellation);
        Task<Workflow> run = new RunWatch(client, key).UntilEndedAsync(generation, cancellation);
        await cluster.FirstAsync(run, process);

        Workflow ended = await run;
        Console.WriteLine();
        Console.WriteLine($"$ kubectl get workflows.agentoperator.dev {example}");
        Console.WriteLine(await cluster.Kubectl.RunAsync(cancellation, "get", "workflows.agentoperator.dev", example, "--namespace", key.Namespace!));
        if (ended.Status?.Phase == WorkflowPhases.Succeeded)
        {
            return true;
        }

        Console.Error.WriteLine($"The workflow ended {ended.Status?.Phase}: {ended.Status?.Message}");
        Console.Error.WriteLine($"The operator's log is {process.LogFile}.");
        return false;
    }

    /// <summary>Waits for Ctrl-C.</summary>
    private static async Task StayAsync(DemoCluster cluster, OperatorProcess process, CancellationToken cancellation)
    {
        await cluster.FirstAsync(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation), process);
    }

    /// <summary>Applies the example; on a cluster where it has run already, a new runToken makes it run again.</summary>
    private static async Task<long> ApplyAsync(Kubectl kubectl, KubeClient client, ObjectKey key, CancellationToken cancellation)
    {
        Say($"Applying examples/{key.Name}/workflow.yaml");
        Workflow? before = await client.Resource<Workflow>(key.Namespace).FindAsync(key.Name, cancellation);
        await kubectl.RunAsync(cancellation, "apply", "--server-side", "--namespace", key.Namespace!, "-f", Repository.PathTo("examples", key.Name, "workflow.yaml"));
        if (before is not null)
        {
            string token = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
            await kubectl.RunAsync(cancellation, "patch", "workflows.agentoperator.dev", key.Name, "--namespace", key.Namespace!, "--type=merge", "--patch", $$$"""{"spec":{"runToken":"{{{token}}}"}}""");
        }

        return (await client.Resource<Workflow>(key.Namespace).GetAsync(key.Name, cancellation)).Metadata.Generation ?? 0;
    }

    private static void Next(DemoCluster cluster, OperatorProcess process)
    {
        Console.WriteLine("The cluster and the operator stay up until Ctrl-C. In another terminal:");
        Console.WriteLine($"  export KUBECONFIG={cluster.KubeConfigPath} PATH={Path.GetDirectoryName(cluster.Kubectl.Program)}:$PATH");
        Console.WriteLine("  kubectl get awf -o wide                      # runs, attempts, trace");
        Console.WriteLine("  kubectl get jobs,pods                        # what the steps ran as");
        Console.WriteLine("  kubectl logs -l agentoperator.dev/step=report  # what a step printed");
        Console.WriteLine("  kubectl get awf quickstart -o yaml           # outputs, retries, conditions");
        Console.WriteLine("  kubectl get agents,prompt                    # the agent, and its prompt's revisions");
        Console.WriteLine("  kubectl explain workflow.spec.steps          # the fields");
        Console.WriteLine("""  kubectl patch awf quickstart --type=merge -p '{"spec":{"runToken":"again"}}'   # a new run""");
        Console.WriteLine($"The operator's log is {process.LogFile}.");
    }

    private static void Say(string text) => AnsiConsole.MarkupLine($"[bold]▸[/] {Markup.Escape(text)}");
}
