using AgentOperator.Cli.Linting.Sources;

namespace AgentOperator.Cli.Linting.Schemas;

/// <summary>The server drops a null where the schema allows none, as if the field were not there.</summary>
internal static class NullPruning
{
    public static SourceNode Prune(SourceNode value, StructuralSchema schema) => value.Kind switch
    {
        SourceKind.Object => Object(value, schema),
        SourceKind.Array when schema.Items is { } items => new SourceNode { Kind = value.Kind, At = value.At, Items = [.. value.Items.Select(item => Prune(item, items))] },
        _ => value,
    };

    private static SourceNode Object(SourceNode value, StructuralSchema schema)
    {
        List<SourceMember> kept = [];
        foreach (SourceMember member in value.Members)
        {
            StructuralSchema? known = schema.Property(member.Name) ?? schema.AdditionalProperties;
            if (known is null)
            {
                kept.Add(member);
            }
            else if (member.Value.Kind != SourceKind.Null || known.IsNullable)
            {
                kept.Add(member with { Value = Prune(member.Value, known) });
            }
        }

        return new SourceNode { Kind = value.Kind, At = value.At, Members = kept };
    }
}
