using System.Runtime.InteropServices;

namespace AgentOperator.Local.Processes;

/// <summary>kill(2).</summary>
internal static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>False when there is no such process.</summary>
    public static bool Send(int processId, int signal) => NativeKill(processId, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int NativeKill(int processId, int signal);
}
