namespace AgentOperator.Controllers.Owning;

/// <summary>The name of a child is taken by an object that belongs to somebody else, or to nobody.</summary>
public sealed class NameTakenException : Exception
{
    public NameTakenException()
    {
    }

    public NameTakenException(string message)
        : base(message)
    {
    }

    public NameTakenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
