using System.Globalization;

namespace AgentOperator.Local.Processes;

/// <summary>A process that cannot be confused with a later one under the same id.</summary>
/// <param name="Id">Process id.</param>
/// <param name="Started">Start time in clock ticks since boot, field 22 of <c>/proc/PID/stat</c>.</param>
internal sealed record ProcessIdentity(int Id, long Started)
{
    /// <summary>True while this very process exists and is not a zombie.</summary>
    public bool IsAlive => Read(Id) is { } now && now.Started == Started;

    /// <summary>The process that has the id now; null when there is none.</summary>
    public static ProcessIdentity? Read(int processId)
    {
        try
        {
            return Parse(processId, File.ReadAllText($"/proc/{processId}/stat"));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            // Gone, or going while it is read (ESRCH).
            return null;
        }
    }

    internal static ProcessIdentity? Parse(int processId, string stat)
    {
        // The second field is the program's name and may hold spaces and parentheses.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : new ProcessIdentity(processId, long.Parse(fields[19], CultureInfo.InvariantCulture));
    }
}
