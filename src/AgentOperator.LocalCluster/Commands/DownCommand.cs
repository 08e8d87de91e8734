using System.CommandLine;
using AgentOperator.Local.Processes;
using AgentOperator.Local.State;

namespace AgentOperator.Local.Commands;

/// <summary><c>down</c>: stops a cluster that another terminal runs, and whatever a killed one has left.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        Option<string> name = NameOption.Create();
        Command command = new("down", "Stop a cluster.") { name };
        command.SetAction((result, cancellation) => RunAsync(result.GetValue(name)!, TimeProvider.System, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string name, TimeProvider time, CancellationToken cancellation)
    {
        ClusterFolder folder = ClusterFolder.Of(name, null);
        ProcessIdentity? owner = ProcessTable.Read(folder).Owner;
        bool isUp = owner?.IsAlive == true;
        if (isUp)
        {
            await StopAsync(owner!, time, cancellation);
        }

        int reaped = await Leftovers.ReapAsync(folder, time, cancellation);
        if (Directory.Exists(folder.Path))
        {
            File.Delete(folder.Processes);
            File.Delete(folder.KubeConfig);
            folder.ClearData();
        }

        await Console.Out.WriteLineAsync(isUp || reaped > 0 ? $"The cluster \"{name}\" is down." : $"The cluster \"{name}\" was not up.");
        return 0;
    }

    private static async Task StopAsync(ProcessIdentity owner, TimeProvider time, CancellationToken cancellation)
    {
        Signals.Send(owner.Id, Signals.Terminate);
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await Leftovers.GoneAsync(owner, time, linked.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            Signals.Send(owner.Id, Signals.Kill);
            await Leftovers.GoneAsync(owner, time, cancellation);
        }
    }
}
