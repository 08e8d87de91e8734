namespace AgentOperator.Cel.Library;

/// <summary>Sizes, tests of strings, types.</summary>
internal static class CoreLibrary
{
    private static readonly CelType[] Sized = [CelType.String, CelType.Bytes, Fn.ListOfT, Fn.MapOfT];

    public static IEnumerable<CelFunction> Functions =>
    [
        .. Sized.Select(static type => Fn.Of("size", type, CelType.Int, Size)),
        .. Sized.Select(static type => Fn.Method("size", type, CelType.Int, Size)),
        Fn.Method("contains", CelType.String, CelType.String, CelType.Bool, static (in text, in part, ref context) =>
        {
            context.ChargeSearch(text.Text.Length, part.Text.Length);
            return CelValue.From(text.Text.Contains(part.Text, StringComparison.Ordinal));
        }),
        Fn.Method("startsWith", CelType.String, CelType.String, CelType.Bool, static (in text, in part, ref context) =>
        {
            context.ChargeText(part.Text.Length);
            return CelValue.From(text.Text.StartsWith(part.Text, StringComparison.Ordinal));
        }),
        Fn.Method("endsWith", CelType.String, CelType.String, CelType.Bool, static (in text, in part, ref context) =>
        {
            context.ChargeText(part.Text.Length);
            return CelValue.From(text.Text.EndsWith(part.Text, StringComparison.Ordinal));
        }),
        Fn.Of("type", Fn.T, CelType.TypeOf(Fn.T), static (in value, ref _) => CelValue.From(Evaluation.Kinds.TypeOf(value))),
        Fn.Of("dyn", CelType.Dyn, CelType.Dyn, static (in value, ref _) => value),
    ];

    private static CelValue Size(in CelValue value, ref CelContext context)
    {
        switch (value.Kind)
        {
            case CelKind.String:
                context.ChargeText(value.Text.Length);
                return CelValue.From((long)CodePoints.Count(value.Text));
            case CelKind.Bytes:
                return CelValue.From((long)value.AsBytes().Length);
            case CelKind.List:
                return CelValue.From((long)value.Items.Count);
            default:
                return CelValue.From((long)value.Entries.Count);
        }
    }
}
