using System.Text;
using AgentOperator.Cel.Evaluation;

namespace AgentOperator.Cel.Library;

/// <summary><c>%s</c>: values without quotes, maps by their keys' order.</summary>
internal static class FormattedText
{
    public static CelValue Of(in CelValue value, ref CelContext context)
    {
        context.Charge(1);
        switch (value.Kind)
        {
            case CelKind.Null:
                return CelValue.From("null");
            case CelKind.Double when !double.IsFinite(value.Number):
                return CelValue.From(Numbers.Special(value.Number));
            case CelKind.Bytes:
                context.ChargeMade(value.AsBytes().Length);
                return CelValue.From(Encoding.UTF8.GetString(value.AsBytes().Span));
            case CelKind.Type:
                return CelValue.From(value.AsType().Name);
            case CelKind.List:
                return List(value.Items, ref context);
            case CelKind.Map:
                return Map(value.Entries, ref context);
            default:
                return ConversionLibrary.Text(value) is { } text
                    ? CelValue.From(text)
                    : value.IsAbnormal ? value : CelValue.Error($"format: '%s' takes no {Kinds.TypeOf(value).Name}");
        }
    }

    private static CelValue List(CelList list, ref CelContext context)
    {
        StringBuilder made = new("[");
        for (int i = 0; i < list.Count; i++)
        {
            CelValue item = Of(list[i], ref context);
            if (item.IsAbnormal)
            {
                return item;
            }

            made.Append(i == 0 ? "" : ", ").Append(item.Text);
            context.ChargeText(item.Text.Length);
            context.CheckSize(made.Length);
        }

        return CelValue.From(made.Append(']').ToString());
    }

    private static CelValue Map(CelMap map, ref CelContext context)
    {
        List<(string Key, string Value)> entries = [];
        long size = 0;
        foreach (CelValue key in map.Keys)
        {
            CelValue name = Of(key, ref context);
            CelValue item = map.TryGet(key, out CelValue found) ? Of(found, ref context) : default;
            if (name.IsAbnormal || item.IsAbnormal)
            {
                return name.IsAbnormal ? name : item;
            }

            size += name.Text.Length + item.Text.Length;
            context.ChargeMade(size);
            entries.Add((name.Text, item.Text));
        }

        return CelValue.From($"{{{string.Join(", ", entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => $"{entry.Key}: {entry.Value}"))}}}");
    }
}
