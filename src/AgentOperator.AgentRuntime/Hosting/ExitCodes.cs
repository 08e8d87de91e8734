namespace AgentOperator.AgentRuntime.Hosting;

/// <summary>How the process ends.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    public const int Failed = 1;

    /// <summary>serve: the configuration cannot be used.</summary>
    public const int BadConfiguration = 2;

    /// <summary>step: the task cannot be used, and no retry will change it (EX_USAGE of sysexits.h).</summary>
    public const int BadTask = 64;
}
