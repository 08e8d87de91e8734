namespace AgentOperator.Cli;

/// <summary>A command cannot be carried out; the message is one line and says what to do.</summary>
internal sealed class CliException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode => exitCode;
}
