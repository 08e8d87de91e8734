using System.Collections.Frozen;

namespace AgentOperator.Cel.Evaluation;

/// <summary>Types that expressions can name.</summary>
internal static class BuiltinTypes
{
    public static CelType List { get; } = CelType.List(CelType.Dyn);

    public static CelType Map { get; } = CelType.Map(CelType.Dyn, CelType.Dyn);

    public static CelType Type { get; } = CelType.TypeOf(CelType.Dyn);

    public static CelType Optional { get; } = CelType.Optional(CelType.Dyn);

    public static FrozenDictionary<string, CelType> ByName { get; } = new[]
    {
        CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Bytes, CelType.Null,
        CelType.Timestamp, CelType.Duration, List, Map, Type, Optional,
    }.ToFrozenDictionary(static type => type.Name, StringComparer.Ordinal);
}
