namespace AgentOperator.Kube;

/// <summary>How to apply.</summary>
/// <param name="FieldManager">Who owns the fields sent, at most 128 characters; one name per writing component.</param>
public sealed record ApplyOptions(string FieldManager)
{
    /// <summary>Takes fields over from other managers, as controllers do.</summary>
    public bool Force { get; init; } = true;

    /// <summary>Everything is checked, admission included, and nothing is stored.</summary>
    public bool DryRun { get; init; }

    internal string ToQuery(string? fieldValidation) => new QueryString()
        .Add("fieldManager", FieldManager)
        .Add("force", Force ? "true" : "false")
        .Add("dryRun", DryRun ? "All" : null)
        .Add("fieldValidation", fieldValidation)
        .ToString();
}
