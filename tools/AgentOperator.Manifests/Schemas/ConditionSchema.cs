namespace AgentOperator.Manifests.Schemas;

/// <summary>The limits of metav1.Condition, whose record lives below the schema attributes.</summary>
internal static class ConditionSchema
{
    private const string TypePattern =
        @"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$";

    private const string ReasonPattern = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";

    public static SchemaNode Tighten(SchemaNode condition) => condition with
    {
        Source = null,
        Description = "One aspect of the object's state.",
        Properties = [.. condition.Properties.Select(p => p with { Schema = Tighten(p.Name, p.Schema) })],
    };

    private static SchemaNode Tighten(string name, SchemaNode node) => name switch
    {
        "type" => node with
        {
            Description = "Type of the condition, unique in the list.",
            Size = new Range(0, 316),
            Pattern = TypePattern,
        },
        "status" => node with
        {
            Description = "Whether the condition holds.",
            Enum = ["True", "False", "Unknown"],
        },
        "reason" => node with
        {
            Description = "Why, in one PascalCase word for programs.",
            Size = new Range(1, 1024),
            Pattern = ReasonPattern,
        },
        "message" => node with
        {
            Description = "Why, in a sentence for people.",
            Size = new Range(0, 32768),
        },
        "lastTransitionTime" => node with { Description = "When status last changed." },
        "observedGeneration" => node with
        {
            Description = "Generation of the spec that the condition speaks of.",
            Value = new Range(0, long.MaxValue),
        },
        _ => node,
    };
}
