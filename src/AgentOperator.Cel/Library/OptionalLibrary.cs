namespace AgentOperator.Cel.Library;

/// <summary>Optionals. <c>or</c> and <c>orValue</c> are here for their types; what is not needed is not evaluated, see <see cref="Evaluation.OptionalOrNode"/>.</summary>
internal static class OptionalLibrary
{
    private static readonly CelType Some = CelType.Optional(Fn.T);

    public static IEnumerable<CelFunction> Functions =>
    [
        Fn.None("optional.none", Some, CelValue.None),
        Fn.Of("optional.of", Fn.T, Some, static (in value, ref _) => CelValue.Some(value)),
        Fn.Of("optional.ofNonZeroValue", Fn.T, Some, static (in value, ref _) => IsZero(value) ? CelValue.None : CelValue.Some(value)),
        Fn.Method("hasValue", Some, CelType.Bool, static (in optional, ref context) => CelValue.From(optional.TryGetValue(out _))),
        Fn.Method("value", Some, Fn.T, static (in optional, ref _) => optional.TryGetValue(out CelValue value) ? value : CelValue.Error("optional.none() dereference: the optional has no value; test it with hasValue() or give another one with orValue(…)")),
        Fn.Method("or", Some, Some, Some, static (in optional, in other, ref context) => optional.TryGetValue(out _) ? optional : other),
        Fn.Method("orValue", Some, Fn.T, Fn.T, static (in optional, in other, ref _) => optional.TryGetValue(out CelValue value) ? value : other),
        Fn.Of("optional.unwrap", CelType.List(Some), Fn.ListOfT, Unwrap),
        Fn.Method("unwrapOpt", CelType.List(Some), Fn.ListOfT, Unwrap),
        Fn.Method("first", Fn.ListOfT, Some, static (in list, ref _) => list.Items.Count == 0 ? CelValue.None : At(list, 0)),
        Fn.Method("last", Fn.ListOfT, Some, static (in list, ref _) => list.Items.Count == 0 ? CelValue.None : At(list, list.Items.Count - 1)),
    ];

    private static CelValue At(in CelValue list, int index)
    {
        CelValue value = list.Items[index];
        return value.IsAbnormal ? value : CelValue.Some(value);
    }

    private static bool IsZero(in CelValue value) => value.Kind switch
    {
        CelKind.Null => true,
        CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Duration => value.Bits == 0,
        CelKind.Double => value.Number == 0,
        CelKind.String => value.Text.Length == 0,
        CelKind.Bytes => value.AsBytes().Length == 0,
        CelKind.List => value.Items.Count == 0,
        CelKind.Map => value.Entries.Count == 0,
        CelKind.Timestamp => value.Bits == 0 && value.Nanos == 0,
        CelKind.Optional => !value.TryGetValue(out _),
        _ => false,
    };

    private static CelValue Unwrap(in CelValue list, ref CelContext context)
    {
        context.ChargeElements(list.Items.Count);
        List<CelValue> made = [];
        for (int i = 0; i < list.Items.Count; i++)
        {
            CelValue item = list.Items[i];
            if (item.Kind is not CelKind.Optional)
            {
                return item.IsAbnormal ? item : CelValue.Error($"no such overload: the element at {i} is no optional");
            }

            if (item.TryGetValue(out CelValue value))
            {
                made.Add(value);
            }
        }

        return CelValue.From(made);
    }
}
