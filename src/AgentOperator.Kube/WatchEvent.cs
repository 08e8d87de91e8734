using AgentOperator.Kube.Models;

namespace AgentOperator.Kube;

/// <summary>One line of a watch.</summary>
/// <param name="Type">What it says.</param>
/// <param name="Object">The object of Added, Modified and Deleted; null when a deleted one does not fit its record.</param>
/// <param name="ResourceVersion">Where the watch stands after this event; null for Error.</param>
/// <param name="Status">The reason of Error.</param>
/// <param name="Unreadable">The object of Unreadable, and of Deleted when it does not fit its record.</param>
public readonly record struct WatchEvent<T>(WatchEventType Type, T? Object, string? ResourceVersion, Status? Status = null, UnreadableObject? Unreadable = null)
    where T : class;
