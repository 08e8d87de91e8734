namespace AgentOperator.Local.Dapr.Resources;

/// <summary>What policies are for.</summary>
internal sealed record ResiliencyTargets
{
    public IReadOnlyDictionary<string, ComponentTarget> Components { get => field ?? new Dictionary<string, ComponentTarget>(StringComparer.Ordinal); init; }
}
