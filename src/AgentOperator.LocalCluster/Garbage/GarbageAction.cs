namespace AgentOperator.Local.Garbage;

/// <summary>What becomes of a dependent.</summary>
internal enum GarbageAction
{
    /// <summary>Nothing.</summary>
    Keep,

    /// <summary>It stays, without the references to owners that are lost.</summary>
    Disown,

    /// <summary>It goes, and what it owns goes before it.</summary>
    DeleteForeground,

    /// <summary>It goes, by the policy that its own finalizers name.</summary>
    Delete,
}
