namespace AgentOperator.Local.Garbage;

/// <summary>How an owner stands.</summary>
internal enum OwnerStanding
{
    /// <summary>It exists and keeps its dependents.</summary>
    Solid,

    /// <summary>There is no such object.</summary>
    Absent,

    /// <summary>It is being deleted and waits for its dependents to go first.</summary>
    Waiting,
}
