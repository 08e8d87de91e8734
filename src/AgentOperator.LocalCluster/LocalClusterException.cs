namespace AgentOperator.Local;

/// <summary>The cluster cannot start or go on; the message says what to do and is shown without a stack.</summary>
public sealed class LocalClusterException : Exception
{
    public LocalClusterException()
    {
    }

    public LocalClusterException(string message)
        : base(message)
    {
    }

    public LocalClusterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
