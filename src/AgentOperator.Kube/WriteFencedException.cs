namespace AgentOperator.Kube;

/// <summary>A write was held back because this process has lost the right to write.</summary>
public sealed class WriteFencedException : Exception
{
    public WriteFencedException()
    {
    }

    public WriteFencedException(string message)
        : base(message)
    {
    }

    public WriteFencedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
