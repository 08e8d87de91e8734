namespace AgentOperator.Tooling;

/// <summary>A program that is needed is missing or has failed; the message says what to do.</summary>
public sealed class ToolException : Exception
{
    public ToolException()
    {
    }

    public ToolException(string message)
        : base(message)
    {
    }

    public ToolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
