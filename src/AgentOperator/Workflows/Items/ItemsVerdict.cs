namespace AgentOperator.Workflows.Items;

/// <summary>How a forEach stands as a whole.</summary>
internal enum ItemsVerdict
{
    /// <summary>Items are left to do.</summary>
    Open,

    Succeeded,
    Failed,
}
