using System.Globalization;
using System.Text;
using AgentOperator.Cel.Evaluation;

namespace AgentOperator.Cel.Library;

/// <summary><c>'%s'.format([…])</c>.</summary>
internal static class Formatting
{
    private const int DefaultPrecision = 6;
    private const int MaxPrecision = 1000;

    public static CelValue Format(in CelValue pattern, in CelValue arguments, ref CelContext context)
    {
        string text = pattern.Text;
        StringBuilder made = new(text.Length);
        int argument = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                made.Append(text[i]);
                continue;
            }

            i++;
            if (i < text.Length && text[i] == '%')
            {
                made.Append('%');
                continue;
            }

            int precision = DefaultPrecision;
            if (i < text.Length && text[i] == '.')
            {
                int end = i + 1;
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                {
                    end++;
                }

                if (!int.TryParse(text.AsSpan(i + 1, end - i - 1), NumberStyles.None, CultureInfo.InvariantCulture, out precision) || precision > MaxPrecision)
                {
                    return CelValue.Error($"format: a precision is a number up to {MaxPrecision}, after the dot of '%.'");
                }

                i = end;
            }

            if (i >= text.Length)
            {
                return CelValue.Error("format: '%' at the end; write '%%' for a percent sign");
            }

            if (argument >= arguments.Items.Count)
            {
                return CelValue.Error($"format: index {argument} out of range, the list has fewer arguments than the text has clauses");
            }

            CelValue value = arguments.Items[argument++];
            if (value.IsAbnormal)
            {
                return value;
            }

            CelValue clause = Clause(text[i], precision, value, ref context);
            if (clause.IsAbnormal)
            {
                return clause;
            }

            context.ChargeMade(made.Length + clause.Text.Length);
            made.Append(clause.Text);
        }

        context.ChargeMade(made.Length);
        return CelValue.From(made.ToString());
    }

    private static CelValue Clause(char clause, int precision, in CelValue value, ref CelContext context) => clause switch
    {
        's' => FormattedText.Of(value, ref context),
        'd' when value.Kind is CelKind.Double && !double.IsFinite(value.Number) => CelValue.From(Numbers.Special(value.Number)),
        'd' => value.Kind is CelKind.Int or CelKind.Uint ? CelValue.From(ConversionLibrary.Text(value)) : Wrong(clause, "integers", value),
        'f' => value.IsNumber ? CelValue.From(Numbers.Fixed(Ordering.ToDouble(value), precision)) : Wrong(clause, "numbers", value),
        'e' => value.IsNumber ? CelValue.From(Numbers.Scientific(Ordering.ToDouble(value), precision)) : Wrong(clause, "numbers", value),
        'b' => value.Kind is CelKind.Bool ? CelValue.From(value.Bits != 0 ? "1" : "0") : Radix(clause, 1, "integers and bools", value),
        'o' => Radix(clause, 3, "integers", value),
        'x' or 'X' => Hex(clause, value, ref context),
        _ => CelValue.Error($"format: '%{clause}' is no clause; there are %s %d %f %e %b %o %x %X and %%"),
    };

    private static CelValue Hex(char clause, in CelValue value, ref CelContext context)
    {
        if (value.Kind is CelKind.String or CelKind.Bytes)
        {
            ReadOnlySpan<byte> bytes = value.Kind is CelKind.Bytes ? value.AsBytes().Span : Encoding.UTF8.GetBytes(value.Text);
            context.ChargeMade(bytes.Length * 2L);
            return CelValue.From(clause is 'x' ? Convert.ToHexStringLower(bytes) : Convert.ToHexString(bytes));
        }

        CelValue made = Radix(clause, 4, "integers, strings and bytes", value);
        return clause is 'X' && !made.IsAbnormal ? CelValue.From(made.Text.ToUpperInvariant()) : made;
    }

    private static CelValue Radix(char clause, int bits, string takes, in CelValue value)
    {
        if (value.Kind is not (CelKind.Int or CelKind.Uint))
        {
            return Wrong(clause, takes, value);
        }

        bool negative = value.Kind is CelKind.Int && value.Bits < 0;
        ulong rest = negative ? 0 - value.Unsigned : value.Unsigned;
        StringBuilder digits = new();
        do
        {
            digits.Insert(0, "0123456789abcdef"[(int)(rest & ((1UL << bits) - 1))]);
            rest >>= bits;
        }
        while (rest != 0);
        return CelValue.From((negative ? "-" : "") + digits);
    }

    private static CelValue Wrong(char clause, string takes, in CelValue value) => CelValue.Error($"format: '%{clause}' takes {takes}, not a {Kinds.TypeOf(value).Name}");
}
