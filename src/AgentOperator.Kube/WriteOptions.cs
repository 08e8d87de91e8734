namespace AgentOperator.Kube;

/// <summary>How to write.</summary>
public sealed record WriteOptions
{
    /// <summary>Everything is checked, admission included, and nothing is stored.</summary>
    public bool DryRun { get; init; }

    /// <summary>Who owns the fields sent, at most 128 characters; null: what the user agent is called.</summary>
    public string? FieldManager { get; init; }
}
