using AgentOperator.Local.Processes;

namespace AgentOperator.Local.State;

/// <summary>Processes that a killed <c>up</c> may have left.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends the children that are in the table and still the same processes; returns how many there were.</summary>
    public static async Task<int> ReapAsync(ClusterFolder folder, TimeProvider time, CancellationToken cancellation)
    {
        int reaped = 0;
        foreach (ProcessIdentity child in ProcessTable.Read(folder).Children)
        {
            if (child.IsAlive)
            {
                Signals.Send(child.Id, Signals.Kill);
                reaped++;
            }

            await GoneAsync(child, time, cancellation);
        }

        return reaped;
    }

    /// <summary>Completes when the process is gone.</summary>
    public static async Task GoneAsync(ProcessIdentity process, TimeProvider time, CancellationToken cancellation)
    {
        while (process.IsAlive)
        {
            await Task.Delay(Poll, time, cancellation);
        }
    }
}
