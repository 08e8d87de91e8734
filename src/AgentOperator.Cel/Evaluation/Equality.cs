namespace AgentOperator.Cel.Evaluation;

/// <summary><c>==</c>: numbers by value whatever their type, other values of different types are not equal.</summary>
internal static class Equality
{
    public static bool AreEqual(in CelValue left, in CelValue right)
    {
        CelContext context = new(CelActivation.Empty, default, new CelLimits { Cost = long.MaxValue }, CancellationToken.None);
        return AreEqual(left, right, ref context);
    }

    public static bool AreEqual(in CelValue left, in CelValue right, ref CelContext context)
    {
        if (left.Kind != right.Kind)
        {
            return left.IsNumber && right.IsNumber && Ordering.CompareNumbers(left, right) == 0;
        }

        switch (left.Kind)
        {
            case CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Duration:
                return left.Bits == right.Bits;
            case CelKind.Double:
                return left.Number == right.Number;
            case CelKind.Timestamp:
                return left.Bits == right.Bits && left.Nanos == right.Nanos;
            case CelKind.String:
                context.ChargeText(left.Text.Length);
                return left.Text == right.Text;
            case CelKind.Bytes:
                context.ChargeText(left.AsBytes().Length);
                return left.AsBytes().Span.SequenceEqual(right.AsBytes().Span);
            case CelKind.List:
                return Lists(left.Items, right.Items, ref context);
            case CelKind.Map:
                return Maps(left.Entries, right.Entries, ref context);
            case CelKind.Type:
                return left.AsType().Name == right.AsType().Name;
            case CelKind.Optional:
                return left.TryGetValue(out CelValue one) == right.TryGetValue(out CelValue other) && AreEqual(one, other, ref context);
            case CelKind.Null:
                return true;
            default:
                return Equals(left.Reference, right.Reference);
        }
    }

    public static int Hash(in CelValue value)
    {
        switch (value.Kind)
        {
            case CelKind.Int or CelKind.Uint or CelKind.Double:
                // The sum makes one zero of both. Both halves are mixed: double's own hash has collisions that are easy to make.
                long bits = BitConverter.DoubleToInt64Bits(Ordering.ToDouble(value) + 0.0);
                return HashCode.Combine((int)bits, (int)(bits >> 32));
            case CelKind.String:
                return string.GetHashCode(value.Text, StringComparison.Ordinal);
            case CelKind.Bytes:
                HashCode bytes = default;
                bytes.AddBytes(value.AsBytes().Span);
                return bytes.ToHashCode();
            case CelKind.List:
                return HashCode.Combine(CelKind.List, value.Items.Count);
            case CelKind.Map:
                return HashCode.Combine(CelKind.Map, value.Entries.Count);
            case CelKind.Optional:
                return value.TryGetValue(out CelValue inner) ? HashCode.Combine(CelKind.Optional, Hash(inner)) : (int)CelKind.Optional;
            case CelKind.Type:
                return string.GetHashCode(value.AsType().Name, StringComparison.Ordinal);
            default:
                return HashCode.Combine(value.Kind, value.Bits, value.Nanos, value.Reference);
        }
    }

    /// <summary>Whether a list has an element, or a map a key.</summary>
    public static CelValue Contains(in CelValue element, in CelValue container, ref CelContext context)
    {
        if (container.Kind is CelKind.Map)
        {
            context.Charge(1);
            return Lookup.TryGet(container.Entries, element, out CelValue value) ? value.Kind is CelKind.Unknown ? value : CelValue.True : CelValue.False;
        }

        if (container.Kind is not CelKind.List)
        {
            return CelValue.Error($"no such overload: 'in' for {Kinds.Describe([element, container])}; it takes a list or a map at its right");
        }

        CelList list = container.Items;
        CelValue abnormal = default;
        for (int i = 0; i < list.Count; i++)
        {
            context.Charge(1);
            CelValue item = list[i];
            if (item.IsAbnormal)
            {
                abnormal = Node.Merge(abnormal, item);
            }
            else if (AreEqual(element, item, ref context))
            {
                return CelValue.True;
            }
        }

        return abnormal.IsAbnormal ? abnormal : CelValue.False;
    }

    private static bool Lists(CelList left, CelList right, ref CelContext context)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (int i = 0; i < left.Count; i++)
        {
            context.Charge(1);
            if (!AreEqual(left[i], right[i], ref context))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Maps(CelMap left, CelMap right, ref CelContext context)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (CelValue key in left.Keys)
        {
            context.Charge(1);
            if (!left.TryGet(key, out CelValue one) || !right.TryGet(key, out CelValue other) || !AreEqual(one, other, ref context))
            {
                return false;
            }
        }

        return true;
    }
}
