using AgentOperator.Cel.Evaluation;

namespace AgentOperator.Cel.Library;

/// <summary>The sets extension: lists whose order and repetitions do not count.</summary>
internal static class SetLibrary
{
    public static IEnumerable<CelFunction> Functions =>
    [
        Fn.Of("sets.contains", Fn.ListOfT, Fn.ListOfT, CelType.Bool, Contains),
        Fn.Of("sets.equivalent", Fn.ListOfT, Fn.ListOfT, CelType.Bool, static (in left, in right, ref context) =>
        {
            CelValue contains = Contains(left, right, ref context);
            return contains.IsTrue ? Contains(right, left, ref context) : contains;
        }),
        Fn.Of("sets.intersects", Fn.ListOfT, Fn.ListOfT, CelType.Bool, static (in left, in right, ref context) => Search(left, right, wanted: true, ref context)),
    ];

    private static CelValue Contains(in CelValue set, in CelValue part, ref CelContext context)
    {
        CelValue missing = Search(set, part, wanted: false, ref context);
        return missing.Kind is CelKind.Bool ? CelValue.From(!missing.IsTrue) : missing;
    }

    /// <summary>Whether an element of the part is in the set, or is not.</summary>
    private static CelValue Search(in CelValue set, in CelValue part, bool wanted, ref CelContext context)
    {
        for (int i = 0; i < part.Items.Count; i++)
        {
            CelValue item = part.Items[i];
            CelValue found = item.IsAbnormal ? item : Equality.Contains(item, set, ref context);
            if (found.IsAbnormal || found.IsTrue == wanted)
            {
                return found.IsAbnormal ? found : CelValue.True;
            }
        }

        return CelValue.False;
    }
}
