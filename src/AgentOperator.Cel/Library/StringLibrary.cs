using System.Text;
using AgentOperator.Cel.Evaluation;

namespace AgentOperator.Cel.Library;

/// <summary>The strings extension; positions are code points.</summary>
internal static class StringLibrary
{
    private static readonly CelType Text = CelType.String;
    private static readonly CelType Texts = CelType.List(CelType.String);

    public static IEnumerable<CelFunction> Functions =>
    [
        Fn.Method("charAt", Text, CelType.Int, Text, CharAt),
        Fn.Method("indexOf", Text, Text, CelType.Int, static (in text, in part, ref context) => IndexOf(text, part, default, ref context)),
        Fn.Method("indexOf", Text, Text, CelType.Int, CelType.Int, IndexOf),
        Fn.Method("lastIndexOf", Text, Text, CelType.Int, static (in text, in part, ref context) => LastIndexOf(text, part, default, ref context)),
        Fn.Method("lastIndexOf", Text, Text, CelType.Int, CelType.Int, LastIndexOf),
        Fn.Method("join", Texts, Text, static (in list, ref context) => Join(list, CelValue.From(""), ref context)),
        Fn.Method("join", Texts, Text, Text, Join),
        Fn.Method("lowerAscii", Text, Text, static (in text, ref context) => Made(Ascii(text.Text, char.IsAsciiLetterUpper), ref context)),
        Fn.Method("upperAscii", Text, Text, static (in text, ref context) => Made(Ascii(text.Text, char.IsAsciiLetterLower), ref context)),
        Fn.Method("trim", Text, Text, static (in text, ref context) => Made(text.Text.Trim(), ref context)),
        Fn.Method("reverse", Text, Text, Reverse),
        Fn.Method("substring", Text, CelType.Int, Text, static (in text, in start, ref context) => Substring(text, start, default, ref context)),
        Fn.Method("substring", Text, CelType.Int, CelType.Int, Text, Substring),
        Fn.Method("split", Text, Text, Texts, static (in text, in separator, ref context) => Split(text, separator, CelValue.From(-1L), ref context)),
        Fn.Method("split", Text, Text, CelType.Int, Texts, Split),
        new("replace", [Text, Text, Text], Text, static (scoped arguments, ref context) => Replacing.Replace(arguments[0].Text, arguments[1].Text, arguments[2].Text, -1, ref context)) { IsMethod = true },
        new("replace", [Text, Text, Text, CelType.Int], Text, static (scoped arguments, ref context) => Replacing.Replace(arguments[0].Text, arguments[1].Text, arguments[2].Text, arguments[3].Bits, ref context)) { IsMethod = true },
        Fn.Method("format", Text, CelType.List(CelType.Dyn), Text, Formatting.Format),
        Fn.Of("strings.quote", Text, Text, static (in text, ref context) => Made(Quoting.Quote(text.Text), ref context)),
    ];

    public static CelValue OutOfRange(long index) => CelValue.Error($"index out of range: {index}");

    private static CelValue Made(string text, ref CelContext context)
    {
        context.ChargeMade(text.Length);
        return CelValue.From(text);
    }

    private static CelValue CharAt(in CelValue text, in CelValue index, ref CelContext context)
    {
        context.ChargeText(text.Text.Length);
        int unit = CodePoints.ToUnits(text.Text, index.Bits);
        if (unit < 0)
        {
            return OutOfRange(index.Bits);
        }

        return CelValue.From(unit == text.Text.Length ? "" : Rune.GetRuneAt(text.Text, unit).ToString());
    }

    private static CelValue IndexOf(in CelValue text, in CelValue part, in CelValue from, ref CelContext context)
    {
        context.ChargeSearch(text.Text.Length, part.Text.Length);
        int unit = CodePoints.ToUnits(text.Text, from.Bits);
        if (unit < 0)
        {
            return OutOfRange(from.Bits);
        }

        int found = text.Text.IndexOf(part.Text, unit, StringComparison.Ordinal);
        return CelValue.From(found < 0 ? -1L : CodePoints.Count(text.Text.AsSpan(0, found)));
    }

    private static CelValue LastIndexOf(in CelValue text, in CelValue part, in CelValue from, ref CelContext context)
    {
        context.ChargeSearch(text.Text.Length, part.Text.Length);
        int start = text.Text.Length;
        if (from.Kind is CelKind.Int)
        {
            start = CodePoints.ToUnits(text.Text, from.Bits);
            if (start < 0)
            {
                return OutOfRange(from.Bits);
            }
        }

        int end = (int)Math.Min(text.Text.Length, (long)start + part.Text.Length);
        int found = text.Text.AsSpan(0, end).LastIndexOf(part.Text, StringComparison.Ordinal);
        return CelValue.From(found < 0 ? -1L : CodePoints.Count(text.Text.AsSpan(0, found)));
    }

    private static CelValue Join(in CelValue list, in CelValue separator, ref CelContext context)
    {
        StringBuilder made = new();
        for (int i = 0; i < list.Items.Count; i++)
        {
            CelValue item = list.Items[i];
            if (item.Kind is not CelKind.String)
            {
                return item.IsAbnormal ? item : CelValue.Error($"no such overload: join() takes a list of strings, and the element at {i} is a {Kinds.TypeOf(item).Name}");
            }

            context.ChargeText((long)item.Text.Length + separator.Text.Length);
            context.CheckSize((long)made.Length + item.Text.Length + separator.Text.Length);
            made.Append(i == 0 ? "" : separator.Text).Append(item.Text);
        }

        return CelValue.From(made.ToString());
    }

    private static string Ascii(string text, Func<char, bool> flips) => string.Create(text.Length, (text, flips), static (made, state) =>
    {
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = state.flips(state.text[i]) ? (char)(state.text[i] ^ 0x20) : state.text[i];
        }
    });

    private static CelValue Reverse(in CelValue text, ref CelContext context)
    {
        char[] made = text.Text.ToCharArray();
        Array.Reverse(made);
        for (int i = 0; i + 1 < made.Length; i++)
        {
            if (char.IsLowSurrogate(made[i]) && char.IsHighSurrogate(made[i + 1]))
            {
                (made[i], made[i + 1]) = (made[i + 1], made[i]);
                i++;
            }
        }

        return Made(new string(made), ref context);
    }

    private static CelValue Substring(in CelValue text, in CelValue start, in CelValue end, ref CelContext context)
    {
        context.ChargeText(text.Text.Length);
        int first = CodePoints.ToUnits(text.Text, start.Bits);
        if (first < 0)
        {
            return OutOfRange(start.Bits);
        }

        int last = end.Kind is CelKind.Int ? CodePoints.ToUnits(text.Text, end.Bits) : text.Text.Length;
        if (last < 0)
        {
            return OutOfRange(end.Bits);
        }

        return first > last ? CelValue.Error($"invalid substring range: start {start.Bits} is after end {end.Bits}") : CelValue.From(text.Text[first..last]);
    }

    private static CelValue Split(in CelValue text, in CelValue separator, in CelValue limit, ref CelContext context)
    {
        List<CelValue> parts = [];
        string whole = text.Text;
        long most = limit.Bits < 0 ? long.MaxValue : limit.Bits;
        context.ChargeSearch(whole.Length, separator.Text.Length);
        int start = 0;
        while (parts.Count < most - 1 && start < whole.Length)
        {
            int found = separator.Text.Length > 0 ? whole.IndexOf(separator.Text, start, StringComparison.Ordinal) : Rune.GetRuneAt(whole, start).Utf16SequenceLength + start;
            if (found < 0 || (found == whole.Length && separator.Text.Length == 0))
            {
                break;
            }

            context.ChargeGrowth(parts.Count + 1);
            parts.Add(CelValue.From(whole[start..found]));
            start = found + separator.Text.Length;
        }

        if (most > 0 && (whole.Length > 0 || separator.Text.Length > 0))
        {
            parts.Add(CelValue.From(whole[start..]));
        }

        return CelValue.From(parts);
    }
}
