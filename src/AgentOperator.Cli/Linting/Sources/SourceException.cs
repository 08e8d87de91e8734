namespace AgentOperator.Cli.Linting.Sources;

/// <summary>A file is not what kubectl can read.</summary>
internal sealed class SourceException(Position at, string reason, string message) : Exception(message)
{
    public Position At => at;

    public string Reason => reason;
}
