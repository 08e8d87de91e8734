using System.CommandLine;
using AgentOperator.Kube;
using AgentOperator.Kube.Configuration;
using AgentOperator.Local.State;

namespace AgentOperator.Local.Commands;

/// <summary><c>status</c>: whether a cluster is up and answers; exit code 0 only then.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        Option<string> name = NameOption.Create();
        Command command = new("status", "Tell whether a cluster is up.") { name };
        command.SetAction((result, cancellation) => RunAsync(result.GetValue(name)!, TimeProvider.System, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string name, TimeProvider time, CancellationToken cancellation)
    {
        ClusterFolder folder = ClusterFolder.Of(name, null);
        ProcessTable table = ProcessTable.Read(folder);
        if (table.Owner?.IsAlive != true || !File.Exists(folder.KubeConfig))
        {
            int left = table.Children.Count(static child => child.IsAlive);
            await Console.Out.WriteLineAsync(left == 0 ? $"{name}: not up" : $"{name}: not up, but {left} processes are left: run down");
            return 1;
        }

        KubeConnection connection = KubeConfigLoader.Load(folder.KubeConfig);
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        using KubeClient client = new(connection, time);
        bool isReady;
        try
        {
            isReady = await client.IsReadyAsync(linked.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            isReady = false;
        }

        await Console.Out.WriteLineAsync($"{name}: {(isReady ? "up" : "up, but the API server does not answer")} at {connection.Server}, process {table.Owner.Id}");
        await Console.Out.WriteLineAsync($"export KUBECONFIG={folder.KubeConfig}");
        await Console.Out.WriteLineAsync($"logs: {folder.LogOf("apiserver")}, {folder.LogOf("etcd")}, {folder.Pods}");
        return isReady ? 0 : 1;
    }
}
