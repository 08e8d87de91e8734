using AgentOperator.Cel.Evaluation;
using AgentOperator.Cel.Syntax;

namespace AgentOperator.Cel.Library;

/// <summary>The operators' types.</summary>
internal static class OperatorLibrary
{
    private static readonly CelType[] Ordered = [CelType.Bool, CelType.String, CelType.Bytes, CelType.Timestamp, CelType.Duration];
    private static readonly CelType[] Numbers = [CelType.Int, CelType.Uint, CelType.Double];

    public static IEnumerable<CelFunction> Functions =>
    [
        Fn.Of(Operators.Not, CelType.Bool, CelType.Bool, static (in value, ref _) => CelValue.From(!value.AsBool())),
        Fn.Of(Operators.Negate, CelType.Int, CelType.Int, static (in value, ref _) => Arithmetic.Negate(value)),
        Fn.Of(Operators.Negate, CelType.Double, CelType.Double, static (in value, ref _) => Arithmetic.Negate(value)),
        Fn.Of(Operators.Equal, Fn.T, Fn.T, CelType.Bool, static (in left, in right, ref context) => CelValue.From(Equality.AreEqual(left, right, ref context))),
        Fn.Of(Operators.NotEqual, Fn.T, Fn.T, CelType.Bool, static (in left, in right, ref context) => CelValue.From(!Equality.AreEqual(left, right, ref context))),
        Fn.Of(Operators.In, Fn.T, Fn.ListOfT, CelType.Bool, Equality.Contains),
        Fn.Of(Operators.In, Fn.K, Fn.MapOfT, CelType.Bool, Equality.Contains),
        Fn.Of(Operators.Index, Fn.ListOfT, CelType.Int, Fn.T, static (in list, in index, ref _) => Lookup.Index(list, index, optional: false)),
        Fn.Of(Operators.Index, Fn.MapOfT, Fn.K, Fn.T, static (in map, in key, ref _) => Lookup.Index(map, key, optional: false)),
        .. new[] { Operators.Less, Operators.LessOrEqual, Operators.Greater, Operators.GreaterOrEqual }.SelectMany(Comparisons),
        .. Sums(),
        .. new[] { Operators.Subtract, Operators.Multiply, Operators.Divide }.SelectMany(static name => Numbers.Select(type => Arithmetical(name, type, type, type))),
        Arithmetical(Operators.Subtract, CelType.Timestamp, CelType.Timestamp, CelType.Duration),
        Arithmetical(Operators.Subtract, CelType.Timestamp, CelType.Duration, CelType.Timestamp),
        Arithmetical(Operators.Subtract, CelType.Duration, CelType.Duration, CelType.Duration),
        Arithmetical(Operators.Modulo, CelType.Int, CelType.Int, CelType.Int),
        Arithmetical(Operators.Modulo, CelType.Uint, CelType.Uint, CelType.Uint),
    ];

    private static IEnumerable<CelFunction> Sums() =>
    [
        .. Numbers.Append(CelType.String).Append(CelType.Bytes).Append(CelType.Duration).Append(Fn.ListOfT).Select(static type => Arithmetical(Operators.Add, type, type, type)),
        Arithmetical(Operators.Add, CelType.Timestamp, CelType.Duration, CelType.Timestamp),
        Arithmetical(Operators.Add, CelType.Duration, CelType.Timestamp, CelType.Timestamp),
    ];

    private static IEnumerable<CelFunction> Comparisons(string name) =>
        Ordered.Select(static type => (type, type)).Concat(Numbers.SelectMany(static left => Numbers.Select(right => (left, right))))
            .Select(pair => Fn.Of(name, pair.Item1, pair.Item2, CelType.Bool, (in left, in right, ref context) => CompareNode.Apply(name, left, right, ref context)));

    private static CelFunction Arithmetical(string name, CelType left, CelType right, CelType result)
    {
        char operation = name[1];
        return Fn.Of(name, left, right, result, (in one, in other, ref context) => Arithmetic.Apply(operation, one, other, ref context));
    }
}
