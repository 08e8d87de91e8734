using AgentOperator.Cel.Evaluation;

namespace AgentOperator.Cel.Library;

/// <summary>The lists extension, and Kubernetes' functions of lists.</summary>
internal static class ListLibrary
{
    private static readonly CelType[] Ordered = [CelType.Int, CelType.Uint, CelType.Double, CelType.Bool, CelType.String, CelType.Bytes, CelType.Timestamp, CelType.Duration];
    private static readonly CelType[] Summed = [CelType.Int, CelType.Uint, CelType.Double, CelType.Duration];
    private static readonly CelType Any = CelType.List(CelType.Dyn);

    public static IEnumerable<CelFunction> Functions =>
    [
        Fn.Method("slice", Fn.ListOfT, CelType.Int, CelType.Int, Fn.ListOfT, Slice),
        Fn.Method("flatten", Any, Any, static (in list, ref context) => Flatten(list, CelValue.From(1L), ref context)),
        Fn.Method("flatten", Any, CelType.Int, Any, Flatten),
        Fn.Method("distinct", Fn.ListOfT, Fn.ListOfT, Distinct),
        Fn.Method("reverse", Fn.ListOfT, Fn.ListOfT, Reverse),
        Fn.Of("lists.range", CelType.Int, CelType.List(CelType.Int), Range),
        .. Ordered.Select(static type => Fn.Method("sort", CelType.List(type), CelType.List(type), static (in list, ref context) => Sort(list, ref context))),
        .. Ordered.Select(static type => Fn.Method("isSorted", CelType.List(type), CelType.Bool, IsSorted)),
        .. Ordered.Select(static type => Fn.Method("min", CelType.List(type), type, static (in list, ref context) => Extreme(list, -1, ref context))),
        .. Ordered.Select(static type => Fn.Method("max", CelType.List(type), type, static (in list, ref context) => Extreme(list, 1, ref context))),
        .. Summed.Select(static type => Fn.Method("sum", CelType.List(type), type, (in list, ref context) => Sum(list, type, ref context))),
        Fn.Method("indexOf", Fn.ListOfT, Fn.T, CelType.Int, static (in list, in item, ref context) => IndexOf(list, item, last: false, ref context)),
        Fn.Method("lastIndexOf", Fn.ListOfT, Fn.T, CelType.Int, static (in list, in item, ref context) => IndexOf(list, item, last: true, ref context)),
    ];

    private static CelValue Slice(in CelValue list, in CelValue start, in CelValue end, ref CelContext context)
    {
        if (start.Bits < 0 || start.Bits > end.Bits || end.Bits > list.Items.Count)
        {
            return CelValue.Error($"cannot slice({start.Bits}, {end.Bits}): a list of {list.Items.Count} has indexes from 0 to {list.Items.Count}, the first no greater than the second");
        }

        CelValue[] made = new CelValue[end.Bits - start.Bits];
        context.ChargeElements(made.Length);
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = list.Items[(int)start.Bits + i];
        }

        return CelValue.From(made);
    }

    private static CelValue Flatten(in CelValue list, in CelValue depth, ref CelContext context)
    {
        if (depth.Bits < 0)
        {
            return CelValue.Error("flatten: the depth must not be negative");
        }

        List<CelValue> made = [];
        Flatten(list.Items, depth.Bits, made, ref context);
        return CelValue.From(made);
    }

    private static void Flatten(CelList list, long depth, List<CelValue> made, ref CelContext context)
    {
        for (int i = 0; i < list.Count; i++)
        {
            CelValue item = list[i];
            context.ChargeGrowth(made.Count + 1);
            if (item.Kind is CelKind.List && depth > 0)
            {
                Flatten(item.Items, depth - 1, made, ref context);
            }
            else
            {
                made.Add(item);
            }
        }
    }

    private static CelValue Distinct(in CelValue list, ref CelContext context)
    {
        context.ChargeElements(list.Items.Count);
        HashSet<CelValue> seen = [];
        List<CelValue> made = [];
        for (int i = 0; i < list.Items.Count; i++)
        {
            CelValue item = list.Items[i];
            if (item.Kind is CelKind.List or CelKind.Map or CelKind.Optional or CelKind.Object)
            {
                // Their hash may say little: compared one by one, so that the work is counted.
                bool known = false;
                foreach (CelValue other in made)
                {
                    context.Charge(1);
                    known |= Equality.AreEqual(item, other, ref context);
                }

                if (!known)
                {
                    made.Add(item);
                }
            }
            else
            {
                context.ChargeText(item.Kind is CelKind.String ? item.Text.Length : 0);
                if (item.Kind is CelKind.Double && double.IsNaN(item.Number))
                {
                    // Not equal to itself, so a set would only gather collisions.
                    made.Add(item);
                }
                else if (seen.Add(item))
                {
                    made.Add(item);
                }
            }
        }

        return CelValue.From(made);
    }

    private static CelValue Reverse(in CelValue list, ref CelContext context)
    {
        CelValue[] made = Copy(list.Items, ref context);
        Array.Reverse(made);
        return CelValue.From(made);
    }

    private static CelValue Range(in CelValue count, ref CelContext context)
    {
        if (count.Bits < 0)
        {
            return CelValue.Error("lists.range: the count must not be negative");
        }

        context.ChargeElements(count.Bits);
        CelValue[] made = new CelValue[count.Bits];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = CelValue.From((long)i);
        }

        return CelValue.From(made);
    }

    private static CelValue Sort(in CelValue list, ref CelContext context)
    {
        CelValue[] items = Copy(list.Items, ref context);
        return Sorting.Sort(items, items, ref context);
    }

    private static CelValue IsSorted(in CelValue list, ref CelContext context)
    {
        for (int i = 1; i < list.Items.Count; i++)
        {
            context.Charge(1);
            if (!Ordering.TryCompare(list.Items[i - 1], list.Items[i], out int order, ref context))
            {
                return CelValue.Error($"no such overload: isSorted() of {Kinds.Describe([list.Items[i - 1], list.Items[i]])}");
            }

            if (order > 0)
            {
                return CelValue.False;
            }
        }

        return CelValue.True;
    }

    private static CelValue Extreme(in CelValue list, int sign, ref CelContext context)
    {
        if (list.Items.Count == 0)
        {
            return CelValue.Error($"{(sign < 0 ? "min" : "max")} called on an empty list");
        }

        CelValue best = list.Items[0];
        for (int i = 1; i < list.Items.Count; i++)
        {
            context.Charge(1);
            CelValue item = list.Items[i];
            if (!Ordering.TryCompare(item, best, out int order, ref context))
            {
                return item.IsAbnormal ? item : CelValue.Error($"no such overload: {(sign < 0 ? "min" : "max")}() of {Kinds.Describe([best, item])}");
            }

            best = order == sign ? item : best;
        }

        return best;
    }

    private static CelValue Sum(in CelValue list, CelType type, ref CelContext context)
    {
        CelValue sum = type.Kind switch
        {
            CelTypeKind.Int => CelValue.From(0L),
            CelTypeKind.Uint => CelValue.From(0UL),
            CelTypeKind.Double => CelValue.From(0.0),
            _ => CelValue.FromDuration(0),
        };
        for (int i = 0; i < list.Items.Count; i++)
        {
            context.Charge(1);
            CelValue item = list.Items[i];
            sum = i == 0 && item.Kind is CelKind.Int or CelKind.Uint or CelKind.Double or CelKind.Duration ? item : Arithmetic.Apply('+', sum, item, ref context);
            if (sum.IsAbnormal)
            {
                return item.IsAbnormal ? item : sum;
            }
        }

        return sum;
    }

    private static CelValue IndexOf(in CelValue list, in CelValue item, bool last, ref CelContext context)
    {
        long found = -1;
        for (int i = 0; i < list.Items.Count && (last || found < 0); i++)
        {
            context.Charge(1);
            found = Equality.AreEqual(list.Items[i], item, ref context) ? i : found;
        }

        return CelValue.From(found);
    }

    private static CelValue[] Copy(CelList list, ref CelContext context)
    {
        context.ChargeElements(list.Count);
        CelValue[] made = new CelValue[list.Count];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = list[i];
        }

        return made;
    }
}
