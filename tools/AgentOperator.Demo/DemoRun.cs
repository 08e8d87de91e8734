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
    private const string Quickstart = "quickstart";

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
        string ns = cluster.Connection.Namespace;
        Say("Installing the custom resources");
        await kubectl.InstallAsync(cancellation);
        if (cluster.IsLocal)
        {
            Say("Installing the admission policies, without which no approval counts");
            await kubectl.InstallPoliciesAsync(null, cancellation);
            await kubectl.RunAsync(cancellation, "apply", "--server-side", "-f", Repository.PathTo("config", "rbac", "user-role-approver.yaml"));
        }
        else
        {
            Say("Admission policies are for a whole cluster and are left to you: approvals of this demo are taken unverified");
        }

        await kubectl.RunAsync(cancellation, "apply", "--server-side", "--namespace", ns, "-f", Repository.PathTo("examples", "prices.yaml"));

        Say("Starting the operator");
        await using OperatorProcess process = OperatorProcess.Start(
            Repository.PathTo("artifacts", "demo", "operator.log"),
            ["--kubeconfig", cluster.KubeConfigPath, "--price-catalogue", Prices, .. cluster.OperatorOptions]);
        using KubeClient client = new(cluster.Connection);
        bool succeeded = await TryShowAsync(cluster, process, client, keep, cancellation);
        if (keep)
        {
            Next(cluster, process);
            await StayAsync(cluster, process, cancellation);
        }
        else if (succeeded)
        {
            Console.WriteLine();
            Console.WriteLine("Next: make demo KEEP=1 keeps the cluster up, and says how to reach it with kubectl.");
        }

        return succeeded ? 0 : 1;
    }

    /// <summary>Who keeps the cluster wants it all the more when something went wrong.</summary>
    private static async Task<bool> TryShowAsync(DemoCluster cluster, OperatorProcess process, KubeClient client, bool keep, CancellationToken cancellation)
    {
        try
        {
            return await ShowAsync(cluster, process, client, cancellation);
        }
        catch (ToolException error) when (keep && !process.Ended.IsCompleted)
        {
            Console.Error.WriteLine($"demo: {error.Message}");
            return false;
        }
    }

    private static async Task<bool> ShowAsync(DemoCluster cluster, OperatorProcess process, KubeClient client, CancellationToken cancellation)
    {
        Kubectl kubectl = cluster.Kubectl;
        string ns = cluster.Connection.Namespace;
        bool succeeded = await ActAsync(cluster, process, client, Quickstart, cancellation);
        if (succeeded)
        {
            Console.WriteLine();
            Say("Applying examples/code-review/agent.yaml: an agent with its prompt and a tool");
            await kubectl.RunAsync(cancellation, "apply", "--server-side", "--namespace", ns, "-f", Repository.PathTo("examples", "code-review", "agent.yaml"));
            succeeded = await ActAsync(cluster, process, client, "code-review", cancellation);
            Console.WriteLine("$ kubectl get agents.agentoperator.dev");
            Console.WriteLine(await kubectl.RunAsync(cancellation, "get", "agents.agentoperator.dev", "--namespace", ns));
            Console.WriteLine("$ kubectl logs -l agentoperator.dev/step=report,agentoperator.dev/workflow=code-review");
            Console.WriteLine(await kubectl.RunAsync(cancellation, "logs", "--selector", "agentoperator.dev/step=report,agentoperator.dev/workflow=code-review", "--namespace", ns));
        }

        if (succeeded)
        {
            await ShowPluginAsync(cluster.Plugin, cancellation);
        }

        return succeeded;
    }

    /// <summary>What <c>kubectl agents</c> tells of a run that has ended, and of a file.</summary>
    private static async Task ShowPluginAsync(Plugin plugin, CancellationToken cancellation)
    {
        Say("The same run with kubectl agents");
        await plugin.ShowAsync(cancellation, "tree", Quickstart);
        await plugin.ShowAsync(cancellation, "logs", Quickstart, "report");
        await plugin.ShowAsync(cancellation, "graph", Quickstart);
        await plugin.ShowAsync(cancellation, "lint", $"examples/{Quickstart}/workflow.yaml");
        Say("Again from its last step, with all results before it taken over");
        await plugin.ShowAsync(cancellation, "rerun", Quickstart, "--from", "report");
        await plugin.ShowAsync(cancellation, "wait", Quickstart, "--for", "gate", "--timeout", "5m");
        await plugin.ShowAsync(cancellation, "approve", Quickstart, "--yes");
        await plugin.ShowAsync(cancellation, "wait", Quickstart, "--timeout", "5m");
        await plugin.ShowAsync(cancellation, "tree", Quickstart);
    }

    /// <summary>Runs one example, showing it; gates are approved on the way. True when it succeeded.</summary>
    private static async Task<bool> ActAsync(DemoCluster cluster, OperatorProcess process, KubeClient client, string example, CancellationToken cancellation)
    {
        ObjectKey key = new(cluster.Connection.Namespace, example);
        long generation = await ApplyAsync(cluster.Kubectl, client, key, cancellation);
        HashSet<string> decided = new(StringComparer.Ordinal);
        Workflow seen = await UntilOverAsync();
        while (RunWatch.OpenGate(seen) is { Digest: { } digest })
        {
            await cluster.Plugin.ShowAsync(cancellation, "approvals");
            await cluster.Plugin.ShowAsync(cancellation, "approve", example, "--comment", "fine", "--yes");
            Console.WriteLine();
            decided.Add(digest);
            seen = await UntilOverAsync();
        }

        Console.WriteLine();
        Console.WriteLine($"$ kubectl get workflows.agentoperator.dev {example}");
        Console.WriteLine(await cluster.Kubectl.RunAsync(cancellation, "get", "workflows.agentoperator.dev", example, "--namespace", key.Namespace!));
        if (seen.Status?.Phase == WorkflowPhases.Succeeded)
        {
            return true;
        }

        Console.Error.WriteLine($"The workflow ended {seen.Status?.Phase}: {seen.Status?.Message}");
        Console.Error.WriteLine($"The operator's log is {process.LogFile}.");
        return false;

        async Task<Workflow> UntilOverAsync()
        {
            Task<Workflow> run = new RunWatch(client, key).UntilOverAsync(generation, decided, cancellation);
            await cluster.FirstAsync(run, process);
            return await run;
        }
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
        Console.WriteLine($"  export KUBECONFIG={cluster.KubeConfigPath} PATH={Path.GetDirectoryName(cluster.Kubectl.Program)}:{Plugin.Folder}:$PATH");
        Console.WriteLine("  kubectl agents tree quickstart -w            # a run as it goes on, and why what waits");
        Console.WriteLine("  kubectl get awf -o wide                      # runs, attempts, trace");
        Console.WriteLine("  kubectl get jobs,pods                        # what the steps ran as");
        Console.WriteLine("  kubectl logs -l agentoperator.dev/step=report  # what a step printed");
        Console.WriteLine("  kubectl get awf quickstart -o yaml           # outputs, retries, conditions");
        Console.WriteLine("  kubectl get agents,prompt                    # the agent, and its prompt's revisions");
        Console.WriteLine("  kubectl explain workflow.spec.steps          # the fields");
        Console.WriteLine("""  kubectl patch awf quickstart --type=merge -p '{"spec":{"runToken":"again"}}'   # a new run""");
        Console.WriteLine("  kubectl agents approve quickstart            # lets it pass its gate");
        Console.WriteLine($"The operator's log is {process.LogFile}.");
    }

    private static void Say(string text) => AnsiConsole.MarkupLine($"[bold]▸[/] {Markup.Escape(text)}");
}
