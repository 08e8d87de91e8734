using System.Globalization;
using System.Text;

namespace AgentOperator.Cel.Values;

/// <summary>Values as people read them in messages.</summary>
internal static class Display
{
    private const int Longest = 200;
    private const int Deepest = 8;

    public static string Of(in CelValue value)
    {
        StringBuilder text = new();
        Append(text, value, 0);
        return text.Length > Longest ? string.Concat(text.ToString(0, char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest), "…") : text.ToString();
    }

    private static void Append(StringBuilder text, in CelValue value, int depth)
    {
        switch (value.Kind)
        {
            case CelKind.String:
                text.Append('\'').Append(value.Text.AsSpan(0, Math.Min(value.Text.Length, Longest)).ToString().Replace("'", "\\'", StringComparison.Ordinal)).Append('\'');
                break;
            case CelKind.List:
                Sequence(text, '[', ']', value.Items.Count, Enumerable.Range(0, value.Items.Count), (index, list) => Append(text, list.Items[index], depth + 1), value, depth);
                break;
            case CelKind.Map:
                Sequence(text, '{', '}', value.Entries.Count, value.Entries.Keys, (key, map) => Entry(text, key, map.Entries, depth + 1), value, depth);
                break;
            case CelKind.Optional:
                text.Append(value.TryGetValue(out CelValue inner) ? "optional.of(" : "optional.none(");
                if (value.TryGetValue(out _))
                {
                    Append(text, inner, depth + 1);
                }

                text.Append(')');
                break;
            default:
                text.Append(Scalar(value));
                break;
        }
    }

    private static void Sequence<T>(StringBuilder text, char open, char close, int count, IEnumerable<T> items, Action<T, CelValue> append, in CelValue value, int depth)
    {
        text.Append(open);
        if (depth >= Deepest && count > 0)
        {
            text.Append('…').Append(close);
            return;
        }

        string separator = "";
        foreach (T item in items)
        {
            if (text.Length > Longest)
            {
                return;
            }

            text.Append(separator);
            append(item, value);
            separator = ", ";
        }

        text.Append(close);
    }

    private static void Entry(StringBuilder text, in CelValue key, CelMap map, int depth)
    {
        Append(text, key, depth);
        text.Append(": ");
        Append(text, map.TryGet(key, out CelValue item) ? item : default, depth);
    }

    private static string Scalar(in CelValue value) => value.Kind switch
    {
        CelKind.Null => "null",
        CelKind.Bool => value.Bits != 0 ? "true" : "false",
        CelKind.Int => value.Bits.ToString(CultureInfo.InvariantCulture),
        CelKind.Uint => value.Unsigned.ToString(CultureInfo.InvariantCulture) + "u",
        CelKind.Double => Texts.Double(value.Number),
        CelKind.Bytes => $"b'{Convert.ToHexString(value.AsBytes().Span[..Math.Min(value.AsBytes().Length, Longest)])}'",
        CelKind.Timestamp => $"timestamp('{Texts.Timestamp(value)}')",
        CelKind.Duration => $"duration('{Texts.Duration(value.Bits)}')",
        CelKind.Type => value.AsType().Name,
        CelKind.Object => value.Reference!.ToString()!,
        CelKind.Error => $"error: {value.Text}",
        _ => $"unknown: {value.Reference}",
    };
}
