namespace AgentOperator.Manifests.Schemas;

/// <summary>One node of a structural schema.</summary>
internal sealed record SchemaNode
{
    /// <summary>Record that the node was read from; null for Kubernetes' own types.</summary>
    public Type? Source { get; init; }

    /// <summary>What readers know the type by; null where <see cref="Type"/> says it all.</summary>
    public string? Name { get; init; }

    public string? Type { get; init; }

    public string? Format { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string> Enum { get; init; } = [];

    public string? Pattern { get; init; }

    /// <summary>Range of a number.</summary>
    public Range? Value { get; init; }

    /// <summary>Characters of a string, items of a list or entries of a map.</summary>
    public Range? Size { get; init; }

    public IReadOnlyList<SchemaProperty> Properties { get; init; } = [];

    public SchemaNode? Items { get; init; }

    public SchemaNode? AdditionalProperties { get; init; }

    public bool PreserveUnknownFields { get; init; }

    public bool IntOrString { get; init; }

    public string? ListType { get; init; }

    public string? ListMapKey { get; init; }

    public IReadOnlyList<ValidationRule> Validations { get; init; } = [];

    /// <summary>What the reader could not make sense of.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}
