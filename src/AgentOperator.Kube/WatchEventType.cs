namespace AgentOperator.Kube;

/// <summary>What a watch event says.</summary>
public enum WatchEventType
{
    Added,
    Modified,
    Deleted,

    /// <summary>Nothing changed up to this resource version.</summary>
    Bookmark,

    /// <summary>The server ends the watch and says why.</summary>
    Error,

    /// <summary>An object changed that does not fit its record.</summary>
    Unreadable,
}
