using AgentOperator.Cel.Evaluation;

namespace AgentOperator.Cel.Library;

/// <summary>The math extension.</summary>
internal static class MathLibrary
{
    private static readonly CelType[] Numbers = [CelType.Int, CelType.Uint, CelType.Double];
    private static readonly CelType[] Integers = [CelType.Int, CelType.Uint];

    public static IEnumerable<CelFunction> Functions =>
    [
        .. Extremes("math.greatest", 1),
        .. Extremes("math.least", -1),
        Rounding("math.ceil", Math.Ceiling),
        Rounding("math.floor", Math.Floor),
        Rounding("math.trunc", Math.Truncate),
        Rounding("math.round", static value => Math.Round(value, MidpointRounding.AwayFromZero)),
        .. Numbers.Select(static type => Fn.Of("math.sqrt", type, CelType.Double, static (in value, ref _) => CelValue.From(Math.Sqrt(Ordering.ToDouble(value))))),
        .. Numbers.Select(static type => Fn.Of("math.abs", type, type, static (in value, ref _) => Absolute(value))),
        .. Numbers.Select(static type => Fn.Of("math.sign", type, type, static (in value, ref _) => Sign(value))),
        Test("math.isNaN", double.IsNaN),
        Test("math.isInf", double.IsInfinity),
        Test("math.isFinite", double.IsFinite),
        .. Bits("math.bitAnd", static (left, right) => left & right),
        .. Bits("math.bitOr", static (left, right) => left | right),
        .. Bits("math.bitXor", static (left, right) => left ^ right),
        .. Integers.Select(static type => Fn.Of("math.bitNot", type, type, static (in value, ref _) => Like(value, ~value.Unsigned))),
        .. Integers.Select(static type => Fn.Of("math.bitShiftLeft", type, CelType.Int, type, static (in value, in by, ref _) => Shift(value, by.Bits, left: true))),
        .. Integers.Select(static type => Fn.Of("math.bitShiftRight", type, CelType.Int, type, static (in value, in by, ref _) => Shift(value, by.Bits, left: false))),
    ];

    private static IEnumerable<CelFunction> Extremes(string name, int sign)
    {
        CelValue All(scoped ReadOnlySpan<CelValue> arguments, ref CelContext context) => Extreme(name, sign, arguments, ref context);
        return
        [
            .. Numbers.Select(type => new CelFunction(name, [type], type, All) { IsVariadic = true }),
            new(name, [CelType.Dyn], CelType.Dyn, All) { IsVariadic = true, IsFallback = true },
            .. Numbers.Select(type => Fn.Of(name, CelType.List(type), type, (in list, ref context) => ExtremeOf(name, sign, list.Items, ref context))),
        ];
    }

    private static CelValue ExtremeOf(string name, int sign, CelList list, ref CelContext context)
    {
        CelValue[] items = new CelValue[list.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = list[i];
        }

        return items.Length == 0 ? CelValue.Error($"{name}(): the list must not be empty") : Extreme(name, sign, items, ref context);
    }

    private static CelValue Extreme(string name, int sign, scoped ReadOnlySpan<CelValue> values, ref CelContext context)
    {
        context.Charge(values.Length);
        CelValue best = values[0];
        foreach (CelValue value in values)
        {
            if (!value.IsNumber)
            {
                return value.IsAbnormal ? value : CelValue.Error($"no such overload: {name}() takes numbers, not a {Kinds.TypeOf(value).Name}");
            }

            best = Ordering.CompareNumbers(value, best) == sign ? value : best;
        }

        return best;
    }

    private static CelFunction Rounding(string name, Func<double, double> round) => Fn.Of(name, CelType.Double, CelType.Double, (in value, ref _) => CelValue.From(round(value.Number)));

    private static CelFunction Test(string name, Func<double, bool> test) => Fn.Of(name, CelType.Double, CelType.Bool, (in value, ref _) => CelValue.From(test(value.Number)));

    private static CelValue Absolute(in CelValue value) => value.Kind switch
    {
        CelKind.Int when value.Bits < 0 => Arithmetic.Negate(value),
        CelKind.Double => CelValue.From(Math.Abs(value.Number)),
        _ => value,
    };

    private static CelValue Sign(in CelValue value) => value.Kind switch
    {
        CelKind.Int => CelValue.From((long)Math.Sign(value.Bits)),
        CelKind.Uint => CelValue.From(value.Bits == 0 ? 0UL : 1UL),
        _ => double.IsNaN(value.Number) ? value : CelValue.From((double)Math.Sign(value.Number)),
    };

    private static IEnumerable<CelFunction> Bits(string name, Func<ulong, ulong, ulong> combine) =>
        Integers.Select(type => Fn.Of(name, type, type, type, (in left, in right, ref _) => Like(left, combine(left.Unsigned, right.Unsigned))));

    /// <summary>The sign is a bit like the others.</summary>
    private static CelValue Shift(in CelValue value, long by, bool left)
    {
        if (by < 0)
        {
            return CelValue.Error($"math.{(left ? "bitShiftLeft" : "bitShiftRight")}() negative offset: {by}");
        }

        return Like(value, by > 63 ? 0 : left ? value.Unsigned << (int)by : value.Unsigned >> (int)by);
    }

    private static CelValue Like(in CelValue value, ulong bits) => value.Kind is CelKind.Int ? CelValue.From((long)bits) : CelValue.From(bits);
}
