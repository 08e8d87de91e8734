namespace AgentOperator.Cli;

/// <summary>What scripts can tell apart.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The answer is no: the run failed, the file has errors.</summary>
    public const int No = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>It could not be done: no connection, no such object, refused by the server.</summary>
    public const int Failed = 3;

    /// <summary>What was waited for has not come in time; the code of timeout(1).</summary>
    public const int TimedOut = 124;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;
}
