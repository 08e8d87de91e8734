namespace AgentOperator.Controllers.LeaderElection;

/// <summary>The lease could not be renewed in time. The process must end: another may lead already.</summary>
public sealed class LeaderLostException : Exception
{
    public LeaderLostException()
    {
    }

    public LeaderLostException(string message)
        : base(message)
    {
    }

    public LeaderLostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
