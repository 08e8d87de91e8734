namespace AgentOperator.Cel.Evaluation;

/// <summary><c>+ - * / %</c> and the sign.</summary>
internal static class Arithmetic
{
    private const string Overflow = "integer overflow: the result does not fit into 64 bits";

    public static CelValue Apply(char operation, in CelValue left, in CelValue right, ref CelContext context)
    {
        if (left.Kind == right.Kind)
        {
            switch (left.Kind)
            {
                case CelKind.Int:
                    return Signed(operation, left.Bits, right.Bits);
                case CelKind.Uint:
                    return Unsigned(operation, left.Unsigned, right.Unsigned);
                case CelKind.Double when operation is not '%':
                    return CelValue.From(operation switch
                    {
                        '+' => left.Number + right.Number,
                        '-' => left.Number - right.Number,
                        '*' => left.Number * right.Number,
                        _ => left.Number / right.Number,
                    });
                case CelKind.String when operation is '+':
                    context.ChargeMade((long)left.Text.Length + right.Text.Length);
                    return CelValue.From(string.Concat(left.Text, right.Text));
                case CelKind.Bytes when operation is '+':
                    return Concatenate(left.AsBytes().Span, right.AsBytes().Span, ref context);
                case CelKind.List when operation is '+':
                    return Concatenate(left.Items, right.Items, ref context);
                default:
                    break;
            }
        }

        return operation is '+' or '-' && Times.TryAdd(operation, left, right, out CelValue moved) ? moved : Mismatch(operation, left, right);
    }

    public static CelValue Negate(in CelValue value) => value.Kind switch
    {
        CelKind.Int => value.Bits == long.MinValue ? CelValue.Error(Overflow) : CelValue.From(-value.Bits),
        CelKind.Double => CelValue.From(-value.Number),
        _ => CelValue.Error($"no such overload: '-' for {Kinds.Describe([value])}"),
    };

    private static CelValue Signed(char operation, long left, long right)
    {
        if (operation is '/' or '%')
        {
            if (right == 0)
            {
                return CelValue.Error(operation is '/' ? "divide by zero" : "modulus by zero");
            }

            if (right == -1)
            {
                return left == long.MinValue ? CelValue.Error(Overflow) : CelValue.From(operation is '/' ? -left : 0);
            }

            return CelValue.From(operation is '/' ? left / right : left % right);
        }

        Int128 exact = operation switch { '+' => (Int128)left + right, '-' => (Int128)left - right, _ => (Int128)left * right };
        return exact < long.MinValue || exact > long.MaxValue ? CelValue.Error(Overflow) : CelValue.From((long)exact);
    }

    private static CelValue Unsigned(char operation, ulong left, ulong right)
    {
        switch (operation)
        {
            case '+':
                return left + right < left ? CelValue.Error(Overflow) : CelValue.From(left + right);
            case '-':
                return right > left ? CelValue.Error(Overflow) : CelValue.From(left - right);
            case '*':
                return Math.BigMul(left, right, out ulong low) != 0 ? CelValue.Error(Overflow) : CelValue.From(low);
            default:
                if (right == 0)
                {
                    return CelValue.Error(operation is '/' ? "divide by zero" : "modulus by zero");
                }

                return CelValue.From(operation is '/' ? left / right : left % right);
        }
    }

    private static CelValue Concatenate(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, ref CelContext context)
    {
        context.ChargeMade((long)left.Length + right.Length);
        byte[] made = new byte[left.Length + right.Length];
        left.CopyTo(made);
        right.CopyTo(made.AsSpan(left.Length));
        return CelValue.From(new ReadOnlyMemory<byte>(made));
    }

    private static CelValue Concatenate(CelList left, CelList right, ref CelContext context)
    {
        context.ChargeElements((long)left.Count + right.Count);
        CelValue[] made = new CelValue[left.Count + right.Count];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = i < left.Count ? left[i] : right[i - left.Count];
        }

        return CelValue.From(made);
    }

    private static CelValue Mismatch(char operation, in CelValue left, in CelValue right) =>
        CelValue.Error($"no such overload: '{operation}' for {Kinds.Describe([left, right])}{(left.IsNumber && right.IsNumber && operation is not '%' ? "; convert one side with int(), uint() or double()" : "")}");
}
