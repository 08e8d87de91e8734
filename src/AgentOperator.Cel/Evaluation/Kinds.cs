namespace AgentOperator.Cel.Evaluation;

/// <summary>Which values a declared type takes when evaluated.</summary>
internal static class Kinds
{
    private const uint Every = (1u << (int)CelKind.Error) - 1;

    public static uint Mask(CelType type) => type.Kind switch
    {
        CelTypeKind.Null => Bit(CelKind.Null),
        CelTypeKind.Bool => Bit(CelKind.Bool),
        CelTypeKind.Int => Bit(CelKind.Int),
        CelTypeKind.Uint => Bit(CelKind.Uint),
        CelTypeKind.Double => Bit(CelKind.Double),
        CelTypeKind.String => Bit(CelKind.String),
        CelTypeKind.Bytes => Bit(CelKind.Bytes),
        CelTypeKind.Timestamp => Bit(CelKind.Timestamp),
        CelTypeKind.Duration => Bit(CelKind.Duration),
        CelTypeKind.List => Bit(CelKind.List),
        CelTypeKind.Map or CelTypeKind.Record => Bit(CelKind.Map),
        CelTypeKind.Optional => Bit(CelKind.Optional),
        CelTypeKind.Type => Bit(CelKind.Type),
        CelTypeKind.Opaque => Bit(CelKind.Object),
        CelTypeKind.Nullable => Bit(CelKind.Null) | Mask(type.Parameters[0]),
        _ => Every,
    };

    public static bool IsInstance(in CelValue value, CelType type) => type.Kind is not CelTypeKind.Opaque || ((CelObject)value.Reference!).Type.Name == type.Name;

    public static CelType TypeOf(in CelValue value) => value.Kind switch
    {
        CelKind.Null => CelType.Null,
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.Uint => CelType.Uint,
        CelKind.Double => CelType.Double,
        CelKind.String => CelType.String,
        CelKind.Bytes => CelType.Bytes,
        CelKind.List => BuiltinTypes.List,
        CelKind.Map => BuiltinTypes.Map,
        CelKind.Timestamp => CelType.Timestamp,
        CelKind.Duration => CelType.Duration,
        CelKind.Type => BuiltinTypes.Type,
        CelKind.Optional => BuiltinTypes.Optional,
        CelKind.Object => ((CelObject)value.Reference!).Type,
        _ => CelType.Dyn,
    };

    /// <summary><c>(int, string)</c>, for messages.</summary>
    public static string Describe(scoped ReadOnlySpan<CelValue> values)
    {
        List<string> names = [];
        foreach (CelValue value in values)
        {
            names.Add(TypeOf(value).Name);
        }

        return $"({string.Join(", ", names)})";
    }

    private static uint Bit(CelKind kind) => 1u << (int)kind;
}
