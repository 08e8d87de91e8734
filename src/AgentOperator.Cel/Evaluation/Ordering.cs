namespace AgentOperator.Cel.Evaluation;

/// <summary><c>&lt;</c> and its like.</summary>
internal static class Ordering
{
    /// <summary>What comes of a comparison with not-a-number: neither less, equal nor greater.</summary>
    private const int Unordered = 2;

    /// <summary>Negative, 0, 1 or <see cref="Unordered"/>; false where the two have no order.</summary>
    public static bool TryCompare(in CelValue left, in CelValue right, out int order, ref CelContext context)
    {
        order = Unordered;
        if (left.Kind != right.Kind)
        {
            if (!left.IsNumber || !right.IsNumber)
            {
                return false;
            }

            order = CompareNumbers(left, right);
            return true;
        }

        switch (left.Kind)
        {
            case CelKind.Int or CelKind.Bool or CelKind.Duration:
                order = left.Bits.CompareTo(right.Bits);
                return true;
            case CelKind.Uint or CelKind.Double:
                order = CompareNumbers(left, right);
                return true;
            case CelKind.String:
                context.ChargeText(Math.Min(left.Text.Length, right.Text.Length));
                order = Math.Sign(CompareText(left.Text, right.Text));
                return true;
            case CelKind.Bytes:
                context.ChargeText(left.AsBytes().Length);
                order = Math.Sign(left.AsBytes().Span.SequenceCompareTo(right.AsBytes().Span));
                return true;
            case CelKind.Timestamp:
                order = left.Bits != right.Bits ? left.Bits.CompareTo(right.Bits) : left.Nanos.CompareTo(right.Nanos);
                return true;
            default:
                return false;
        }
    }

    public static int CompareNumbers(in CelValue left, in CelValue right)
    {
        if (left.Kind is CelKind.Double || right.Kind is CelKind.Double)
        {
            return CompareWithDouble(left, right);
        }

        bool leftLarge = left.Kind is CelKind.Uint && left.Bits < 0;
        bool rightLarge = right.Kind is CelKind.Uint && right.Bits < 0;
        return leftLarge || rightLarge
            ? leftLarge && rightLarge ? left.Unsigned.CompareTo(right.Unsigned) : leftLarge ? 1 : -1
            : left.Bits.CompareTo(right.Bits);
    }

    public static double ToDouble(in CelValue value) => value.Kind switch
    {
        CelKind.Int => value.Bits,
        CelKind.Uint => value.Unsigned,
        _ => value.Number,
    };

    /// <summary>By code points: UTF-16 would put what is beyond the first plane before U+E000.</summary>
    public static int CompareText(string left, string right)
    {
        int common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        bool leftSurrogate = char.IsSurrogate(left[common]);
        return leftSurrogate == char.IsSurrogate(right[common]) ? left[common].CompareTo(right[common]) : leftSurrogate ? 1 : -1;
    }

    /// <summary>As doubles, as the specification's suite has it: integers beyond 2^53 equal their nearest double.</summary>
    private static int CompareWithDouble(in CelValue left, in CelValue right)
    {
        double one = ToDouble(left);
        double other = ToDouble(right);
        return double.IsNaN(one) || double.IsNaN(other) ? Unordered : one.CompareTo(other);
    }
}
